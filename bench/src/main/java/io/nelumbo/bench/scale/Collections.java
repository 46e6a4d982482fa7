package io.nelumbo.bench.scale;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** Whether the collector ran while something was measured. Stateless. */
final class Collections {

    private Collections() {}

    /** Of this process, by all of its collectors. */
    static long soFar() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
