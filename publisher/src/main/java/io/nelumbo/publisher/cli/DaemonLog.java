package io.nelumbo.publisher.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import org.slf4j.LoggerFactory;

/** Switches this process from a command's logging to a running node's. */
final class DaemonLog {
    private static final String RESOURCE = "/logback-daemon.xml";

    private DaemonLog() {}

    /** From here on state changes are logged, with time, to standard error. */
    static void begin() {
        final URL configuration = DaemonLog.class.getResource(RESOURCE);
        if (configuration == null
                || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("expected logback and " + RESOURCE + " in the jar");
        }
        context.reset();
        final JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(configuration);
        } catch (final JoranException e) {
            throw new IllegalStateException("expected " + RESOURCE + " to be well-formed", e);
        }
    }
}
