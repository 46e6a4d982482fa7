package io.nelumbo.publisher.publish;

import java.util.Random;

/** Owned by the test: how often a fake upstream misbehaves, in percent of requests or messages. */
final class Faults {

    int silentPercent;
    int lostBeforePercent;
    int lostAfterPercent;
    int dropPercent;
    int refusePercent;
    int forgetPercent;
    int questionFailsPercent;
    int liePercent;

    /** What is added to a nonce in a lie; 0 adds something else each time. */
    int lieOffset;

    int slowPercent;

    /** No faults. */
    static Faults none() {
        return new Faults();
    }

    /** A mixture that differs from seed to seed: some upstreams are bad, some are nearly good. */
    static Faults drawn(final Random random) {
        final Faults faults = new Faults();
        final int badness = random.nextInt(4);
        faults.silentPercent = random.nextInt(1 + 5 * badness);
        faults.lostBeforePercent = random.nextInt(1 + 10 * badness);
        faults.lostAfterPercent = random.nextInt(1 + 10 * badness);
        faults.dropPercent = random.nextInt(1 + 10 * badness);
        faults.refusePercent = random.nextInt(1 + 5 * badness);
        faults.forgetPercent = random.nextInt(1 + 3 * badness);
        faults.questionFailsPercent = random.nextInt(1 + 10 * badness);
        faults.slowPercent = random.nextInt(1 + 10 * badness);
        return faults;
    }
}
