package io.nelumbo.statemachine.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Owned by the applying thread. The first thing that is wrong with a batch, if any. A rule is
 * stated as {@code require}: it makes garbage only when it is broken.
 */
final class Objection {

    private @Nullable ApplyOutcome outcome;

    /** Forgets the batch before. */
    void begin() {
        outcome = null;
    }

    /** Whether nothing was objected yet. */
    boolean isNone() {
        return outcome == null;
    }

    /** {@code Applied} without an objection. */
    ApplyOutcome outcome() {
        return outcome == null ? ApplyOutcome.Applied.APPLIED : outcome;
    }

    /**
     * Objects unless a rule holds, and says whether it does. The numbers are printed unsigned.
     *
     * @param rule completes "expected …"
     */
    boolean require(
            final boolean holds,
            final String rule,
            final long expected,
            final long was,
            final long sequence) {
        if (!holds && isNone()) {
            outcome =
                    new ApplyOutcome.Rejected(
                            "expected "
                                    + rule
                                    + " "
                                    + Long.toUnsignedString(expected)
                                    + " but was "
                                    + Long.toUnsignedString(was)
                                    + " at sequence "
                                    + sequence);
        }
        return holds;
    }

    /** Objects to a version that only a newer node knows. */
    void unsupported(final int supportedVersion, final long version) {
        outcome =
                new ApplyOutcome.Unsupported(
                        "expected cluster version "
                                + supportedVersion
                                + " at most but was "
                                + version
                                + "; upgrade this node");
    }
}
