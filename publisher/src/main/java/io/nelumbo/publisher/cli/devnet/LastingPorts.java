package io.nelumbo.publisher.cli.devnet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports of loopback for nodes that are stopped and started again. While a node is down its port
 * is free, and the system would sooner or later give it to some outgoing connection, if it were one
 * of those that it gives to them: Linux's begin at 32768, so these are below. Stateless.
 */
public final class LastingPorts {
    private static final int LOWEST = 10_000;
    private static final int END = 32_768;
    private static final int MAX_TRIES = 1000;

    private LastingPorts() {}

    /**
     * So many different ones that nobody listens on now, by chance: others choose too.
     *
     * @throws IOException if so many are taken that none is found
     */
    public static List<Integer> choose(final int count) throws IOException {
        final List<ServerSocket> held = new ArrayList<>();
        try {
            for (int tries = 0; held.size() < count; tries++) {
                if (tries == MAX_TRIES) {
                    throw new IOException(
                            "expected free ports from %d to %d but %d of %d tries found one taken"
                                    .formatted(LOWEST, END - 1, tries - held.size(), tries));
                }
                hold(ThreadLocalRandom.current().nextInt(LOWEST, END), held);
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (final ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private static void hold(final int port, final List<ServerSocket> held) {
        try {
            held.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (final IOException taken) {
            // Somebody has it: another one then.
        }
    }
}
