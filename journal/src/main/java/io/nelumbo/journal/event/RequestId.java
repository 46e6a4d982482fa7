package io.nelumbo.journal.event;

import java.util.UUID;

/**
 * The client's idempotency key: a UUID as two halves, so that tables of them need no objects. The
 * same id always answers with the same receipt.
 */
public record RequestId(long high, long low) {

    /** The id of a UUID. */
    public static RequestId of(final UUID uuid) {
        return new RequestId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** The UUID of this id; its text is what clients send. */
    public UUID uuid() {
        return new UUID(high, low);
    }

    @Override
    public String toString() {
        return uuid().toString();
    }
}
