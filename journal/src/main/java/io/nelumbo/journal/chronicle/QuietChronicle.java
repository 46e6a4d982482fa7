package io.nelumbo.journal.chronicle;

import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.onoes.Slf4jExceptionHandler;

/**
 * Makes Chronicle a library: no announcement, no analytics, no disk monitor thread, no talk below
 * warnings. Stateless. What the command line says about a property stands.
 */
final class QuietChronicle {

    static {
        // Chronicle reads these once, when its classes load: so before the first of them is used.
        setUnlessSet("chronicle.announcer.disable", "true");
        setUnlessSet("chronicle.analytics.disable", "true");
        setUnlessSet("chronicle.disk.monitor.disable", "true");
        Jvm.setExceptionHandlers(
                Slf4jExceptionHandler.ERROR, Slf4jExceptionHandler.WARN, null, null);
    }

    private QuietChronicle() {}

    /** Once per process; later calls do nothing. */
    static void apply() {
        // Loading this class has done it.
    }

    private static void setUnlessSet(final String key, final String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
