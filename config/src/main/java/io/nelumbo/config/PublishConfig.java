package io.nelumbo.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * {@code [Publish]}: from committed to confirmed.
 *
 * @param windowMessages messages of one account that may be pushed and unconfirmed at once
 * @param confidence tipsets on top of a message before it counts as confirmed
 * @param upstreamTimeout a push or a question that a chain node has not answered by then has failed
 * @param minUpstreams upstreams that must tell an account's nonce before anything follows from it
 * @param checkEveryLanding whether every message is looked up by hash before it is confirmed
 */
public record PublishConfig(
        int windowMessages,
        Duration rebroadcastInterval,
        int confidence,
        Duration pollInterval,
        Duration upstreamTimeout,
        int minUpstreams,
        boolean checkEveryLanding,
        FillPolicy fillPolicy,
        Duration requestIdRetention) {

    /** What happens to a nonce whose message can never execute. */
    public enum FillPolicy {
        /** The lane waits for a human. */
        HOLD,
        /** A self-send takes the nonce, and the lane goes on. */
        FILL;

        /** As the configuration writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final Key<Long> WINDOW_MESSAGES =
            Key.integer(
                    "WindowMessages",
                    1_000,
                    1,
                    10_000,
                    "Messages of one account that may be pushed and not yet confirmed. Chain"
                            + " nodes hold at most 1000 of an account.");
    static final Key<Duration> REBROADCAST_INTERVAL =
            Key.duration(
                    "RebroadcastInterval",
                    "2m30s",
                    "100ms",
                    "24h",
                    "How often unconfirmed messages are pushed again; chain nodes drop"
                            + " silently.");
    static final Key<Long> CONFIDENCE =
            Key.integer(
                    "Confidence",
                    5,
                    0,
                    900,
                    "Tipsets (or blocks) on top of a message before it counts as confirmed. 900 is"
                            + " Filecoin's finality.");
    static final Key<Duration> POLL_INTERVAL =
            Key.duration(
                    "PollInterval",
                    "5s",
                    "10ms",
                    "1m",
                    "How often the chain is asked how far it has come.");
    static final Key<Duration> UPSTREAM_TIMEOUT =
            Key.duration(
                    "UpstreamTimeout",
                    "30s",
                    "100ms",
                    "10m",
                    "How long a chain node may take over a push or a question, also over what is"
                            + " asked for a client (gas, nonces, balances). Then the push goes to"
                            + " another one, or to the same one again: the same bytes.");
    static final Key<Long> MIN_UPSTREAMS =
            Key.integer(
                    "MinUpstreams",
                    1,
                    1,
                    64,
                    "Chain nodes that must tell an account's nonce before the account is opened at"
                            + " it or a confirmation follows from it, or all when there are"
                            + " fewer. From 2 on none is believed alone; opening is refused and"
                            + " confirming waits while too few answer.");
    static final Key<Boolean> CHECK_EVERY_LANDING =
            Key.bool(
                    "CheckEveryLanding",
                    false,
                    "Look up every message by its hash before it counts as confirmed, not only the"
                            + " last of those that were executed together. For keys that others"
                            + " may use too; costs a question per message.");
    static final Key<FillPolicy> FILL_POLICY =
            Key.choice(
                    "FillPolicy",
                    FillPolicy.HOLD,
                    "What to do with a nonce whose message can never execute: \"hold\" the"
                            + " account's lane for a human, or \"fill\" the nonce with a self-send"
                            + " and go on.");
    static final Key<Duration> REQUEST_ID_RETENTION =
            Key.duration(
                    "RequestIdRetention",
                    "168h",
                    "1m",
                    "8760h",
                    "How long a request id answers with its first receipt. After that the same id"
                            + " would publish anew.");
    static final Section SECTION =
            new Section(
                    "Publish",
                    false,
                    "The way out to the chain.",
                    List.of(
                            WINDOW_MESSAGES,
                            REBROADCAST_INTERVAL,
                            CONFIDENCE,
                            POLL_INTERVAL,
                            UPSTREAM_TIMEOUT,
                            MIN_UPSTREAMS,
                            CHECK_EVERY_LANDING,
                            FILL_POLICY,
                            REQUEST_ID_RETENTION));

    static PublishConfig from(final Values values) {
        return new PublishConfig(
                values.getInt(SECTION, WINDOW_MESSAGES),
                values.get(SECTION, REBROADCAST_INTERVAL),
                values.getInt(SECTION, CONFIDENCE),
                values.get(SECTION, POLL_INTERVAL),
                values.get(SECTION, UPSTREAM_TIMEOUT),
                values.getInt(SECTION, MIN_UPSTREAMS),
                values.get(SECTION, CHECK_EVERY_LANDING),
                values.get(SECTION, FILL_POLICY),
                values.get(SECTION, REQUEST_ID_RETENTION));
    }
}
