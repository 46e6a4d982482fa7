package io.nelumbo.journal.chronicle;

import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.time.TimeProvider;

/**
 * Tells Chronicle the time of the record that is being appended, so that every node rolls at the
 * same record and a wall clock that steps back changes nothing. One thread moves it, any reads it.
 */
final class RecordClock implements TimeProvider {

    private volatile long timestampNs;

    RecordClock(final long timestampNs) {
        this.timestampNs = timestampNs;
    }

    void moveTo(final long timestampNs) {
        this.timestampNs = timestampNs;
    }

    @Override
    public long currentTimeMillis() {
        return TimeUnit.NANOSECONDS.toMillis(timestampNs);
    }

    @Override
    public long currentTimeMicros() {
        return TimeUnit.NANOSECONDS.toMicros(timestampNs);
    }

    @Override
    public long currentTimeNanos() {
        return timestampNs;
    }
}
