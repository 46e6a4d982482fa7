package io.nelumbo.publisher.cli.devnet;

import java.nio.file.Path;

/**
 * What a devnet does.
 *
 * @param folder holds everything; empty or new
 * @param messages how many to send, 0 for no end
 * @param accounts how many accounts send them
 * @param leaderKills how often the current leader is killed under load, and restarted
 * @param seed of request ids and amounts
 * @param window requests in flight at most
 * @param messagesPerSecond the sender's pace, 0 for as fast as the window allows
 * @param tipsetIntervalMs the chain's pace
 * @param deadlineMs a bounded run that takes longer has failed
 */
public record DevnetOptions(
        Path folder,
        int messages,
        int accounts,
        int leaderKills,
        long seed,
        int window,
        int messagesPerSecond,
        long tipsetIntervalMs,
        long deadlineMs) {

    /** Nodes of a devnet: the least that survives the loss of one. */
    public static final int NODES = 3;

    public DevnetOptions {
        require("messages", messages, 0, 100_000_000);
        require("accounts", accounts, 1, 10_000);
        require("kill-leader", leaderKills, 0, 1_000);
        require("window", window, 1, 100_000);
        require("rate", messagesPerSecond, 0, 1_000_000);
        if (leaderKills > 0 && messages < 10 * (leaderKills + 1)) {
            throw new IllegalArgumentException(
                    "expected at least %d messages for %d kills under load but was %d"
                            .formatted(10 * (leaderKills + 1), leaderKills, messages));
        }
    }

    private static void require(final String name, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "expected %s in %d..%d but was %d".formatted(name, min, max, value));
        }
    }
}
