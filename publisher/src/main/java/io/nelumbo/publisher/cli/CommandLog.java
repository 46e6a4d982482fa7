package io.nelumbo.publisher.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * The log of a command: only what went wrong, beside the answer and never in it. Logback finds it
 * as a service, and makes it with the first logger.
 */
public final class CommandLog extends ContextAwareBase implements Configurator {
    private static final String PATTERN = "%-5level %logger{0}: %msg%n";

    /** For logback. */
    public CommandLog() {}

    @Override
    public ExecutionStatus configure(final LoggerContext context) {
        if (StandardErrorLog.isReplaced()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        StandardErrorLog.begin(context, PATTERN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
