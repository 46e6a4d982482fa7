package io.nelumbo.journal.event;

/**
 * An immutable fact that the cluster agreed on. Records carry byte arrays by reference: whoever
 * makes or reads one does not change them. Nonces are unsigned 64-bit values in a {@code long}.
 *
 * <p>The hot path never makes these objects; it reads and writes the wire form directly (see {@code
 * journal.codec}). They serve tools, tests and rare events. The event schema specifies each field.
 */
public sealed interface Event {

    /** Calls the visitor's method for this event. A new event breaks every visitor's build. */
    <R> R accept(Visitor<R> visitor);

    record EpochOpened(long term, String leader) implements Event {
        @Override
        public <R> R accept(final Visitor<R> visitor) {
            return visitor.epochOpened(this);
        }
    }

    record AccountOpened(int accountId, ChainKind chain, byte[] address, long firstNonce)
            implements Event {
        @Override
        public <R> R accept(final Visitor<R> visitor) {
            return visitor.accountOpened(this);
        }
    }

    record MessageSequenced(
            int accountId,
            long nonce,
            RequestId requestId,
            byte[] requestHash,
            byte[] principal,
            byte[] signerKeyId,
            byte[] signedBytes,
            byte[] hash)
            implements Event {
        @Override
        public <R> R accept(final Visitor<R> visitor) {
            return visitor.messageSequenced(this);
        }
    }

    record MessageReplaced(
            int accountId, long nonce, byte[] signedBytes, byte[] hash, String reason)
            implements Event {
        @Override
        public <R> R accept(final Visitor<R> visitor) {
            return visitor.messageReplaced(this);
        }
    }

    record NonceFilled(int accountId, long nonce, byte[] signedBytes, byte[] hash, String reason)
            implements Event {
        @Override
        public <R> R accept(final Visitor<R> visitor) {
            return visitor.nonceFilled(this);
        }
    }

    record NonceConfirmed(int accountId, long upToNonce, long height) implements Event {
        @Override
        public <R> R accept(final Visitor<R> visitor) {
            return visitor.nonceConfirmed(this);
        }
    }

    record MessageDisplaced(int accountId, long nonce, byte[] foreignHash) implements Event {
        @Override
        public <R> R accept(final Visitor<R> visitor) {
            return visitor.messageDisplaced(this);
        }
    }

    record NonceReorged(int accountId, long downToNonce) implements Event {
        @Override
        public <R> R accept(final Visitor<R> visitor) {
            return visitor.nonceReorged(this);
        }
    }

    record LaneHalted(int accountId, String reason) implements Event {
        @Override
        public <R> R accept(final Visitor<R> visitor) {
            return visitor.laneHalted(this);
        }
    }

    record LaneResumed(int accountId, String reason) implements Event {
        @Override
        public <R> R accept(final Visitor<R> visitor) {
            return visitor.laneResumed(this);
        }
    }

    record RequestIdsExpired(long beforeSequence) implements Event {
        @Override
        public <R> R accept(final Visitor<R> visitor) {
            return visitor.requestIdsExpired(this);
        }
    }

    record ClusterVersionRaised(int version) implements Event {
        @Override
        public <R> R accept(final Visitor<R> visitor) {
            return visitor.clusterVersionRaised(this);
        }
    }

    /** One method per event. */
    interface Visitor<R> {
        R epochOpened(EpochOpened event);

        R accountOpened(AccountOpened event);

        R messageSequenced(MessageSequenced event);

        R messageReplaced(MessageReplaced event);

        R nonceFilled(NonceFilled event);

        R nonceConfirmed(NonceConfirmed event);

        R messageDisplaced(MessageDisplaced event);

        R nonceReorged(NonceReorged event);

        R laneHalted(LaneHalted event);

        R laneResumed(LaneResumed event);

        R requestIdsExpired(RequestIdsExpired event);

        R clusterVersionRaised(ClusterVersionRaised event);
    }
}
