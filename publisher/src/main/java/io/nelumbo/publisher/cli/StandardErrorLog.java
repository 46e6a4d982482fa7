package io.nelumbo.publisher.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;

/**
 * A log to standard error, made by calls: what logback reads of XML costs every command and every
 * start a tenth of a second and more. A file that {@code -Dlogback.configurationFile} names is used
 * in its place. Stateless.
 */
final class StandardErrorLog {
    private static final String NAME = "stderr";

    private StandardErrorLog() {}

    /** Whether whoever started this process has a configuration of their own. */
    static boolean isReplaced() {
        return System.getProperty("logback.configurationFile") != null;
    }

    /**
     * Logs warnings and worse; loggers may be given other levels after.
     *
     * @param pattern of a line, in logback's words
     */
    static void begin(final LoggerContext context, final String pattern) {
        final PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        final ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName(NAME);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
    }
}
