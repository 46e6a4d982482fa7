package io.nelumbo.journal.chronicle;

import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.onoes.Slf4jExceptionHandler;
import net.openhft.posix.PosixAPI;

/**
 * Makes Chronicle a library: no announcement, no analytics, no disk monitor thread, no talk below
 * warnings, no native calls. Stateless. What the command line says about a property stands.
 */
final class QuietChronicle {
    private static final String SYNC_MODE = "mappedFile.defaultSyncMode";

    static {
        // Chronicle reads these once, when its classes load: so before the first of them is used.
        setUnlessSet("chronicle.announcer.disable", "true");
        setUnlessSet("chronicle.analytics.disable", "true");
        setUnlessSet("chronicle.disk.monitor.disable", "true");
        doWithoutNativeCalls();
        Jvm.setExceptionHandlers(
                Slf4jExceptionHandler.ERROR, Slf4jExceptionHandler.WARN, null, null);
    }

    private QuietChronicle() {}

    /** Once per process; later calls do nothing. */
    static void apply() {
        // Loading this class has done it.
    }

    /**
     * Of the operating system Chronicle asks for one thing here: an msync(MS_ASYNC) of what it
     * unmaps, which Linux takes as no request at all. What has to be durable we force ourselves
     * ({@link Fsync}). Making the binding for it costs a start more than opening the journal does.
     */
    private static void doWithoutNativeCalls() {
        if (System.getProperty(SYNC_MODE) == null) {
            System.setProperty(SYNC_MODE, "NONE");
            PosixAPI.useNoOpPosixApi();
        }
    }

    private static void setUnlessSet(final String key, final String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
