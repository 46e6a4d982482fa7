package io.nelumbo.publisher.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Switches this process from a command's logging to a running node's. */
final class DaemonLog {
    private static final String LEVEL = "NELUMBO_LOG_LEVEL";
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level [%thread] %logger{0}: %msg%n";

    /**
     * While a peer is down these warn at every attempt to reach it, some with a stack trace. We say
     * it once, and once that it is back (PeerPresence); what they call an error is still shown.
     */
    private static final List<String> REPEAT_THEMSELVES =
            List.of(
                    "org.apache.ratis.grpc.server.GrpcLogAppender",
                    "org.apache.ratis.grpc.server.GrpcServerProtocolService",
                    "org.apache.ratis.server.impl.TransferLeadership");

    private DaemonLog() {}

    /**
     * From here on state changes are logged, with time, to standard error.
     *
     * @param environment NELUMBO_LOG_LEVEL in it overrides our own level, INFO
     */
    static void begin(final Map<String, String> environment) {
        if (StandardErrorLog.isReplaced()) {
            return;
        }
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("expected logback to log");
        }
        begin(context, environment.get(LEVEL));
    }

    static void begin(final LoggerContext context, final @Nullable String asked) {
        context.reset();
        StandardErrorLog.begin(context, PATTERN);
        REPEAT_THEMSELVES.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
        final Level level = asked == null ? Level.INFO : Level.toLevel(asked, null);
        context.getLogger("io.nelumbo").setLevel(level == null ? Level.INFO : level);
        if (level == null) {
            context.getLogger(DaemonLog.class)
                    .warn(
                            "expected TRACE, DEBUG, INFO, WARN, ERROR or OFF in {} but was {}:"
                                    + " logging at INFO",
                            LEVEL,
                            asked);
        }
    }
}
