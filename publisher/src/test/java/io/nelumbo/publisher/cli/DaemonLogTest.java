package io.nelumbo.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPMDCAdapter;

final class DaemonLogTest {
    private static final String OURS = "io.nelumbo.publisher.node.Node";
    private static final String OWN_FILE = "logback.configurationFile";

    private final LoggerContext context = new LoggerContext();
    private final @Nullable String ownFileBefore = System.getProperty(OWN_FILE);

    @BeforeEach
    void completeContext() {
        context.setMDCAdapter(new NOPMDCAdapter());
    }

    @AfterEach
    void putBack() {
        context.stop();
        if (ownFileBefore == null) {
            System.clearProperty(OWN_FILE);
        } else {
            System.setProperty(OWN_FILE, ownFileBefore);
        }
    }

    @Test
    void shouldTellStateChangesWithTimeWhenANodeRuns() {
        final String log =
                logOf(
                        () -> {
                            DaemonLog.begin(context, null);
                            context.getLogger(OURS).info("leading in term 4");
                            context.getLogger(OURS).debug("unheard");
                            context.getLogger("io.netty.Any").info("unheard");
                            context.getLogger("org.apache.ratis.grpc.server.GrpcLogAppender")
                                    .warn("unheard");
                        });

        assertThat(log)
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  \\[.*\\]"
                                + " Node: leading in term 4\\R");
    }

    @Test
    void shouldTellMoreWhenAskedTo() {
        DaemonLog.begin(context, "debug");

        assertThat(context.getLogger(OURS).getEffectiveLevel()).isEqualTo(Level.DEBUG);
        assertThat(context.getLogger("io.netty.Any").getEffectiveLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void shouldSayWhatItExpectedWhenTheLevelIsNone() {
        final String log = logOf(() -> DaemonLog.begin(context, "loud"));

        assertThat(log).contains("NELUMBO_LOG_LEVEL but was loud").contains("WARN");
        assertThat(context.getLogger(OURS).getEffectiveLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void shouldTellOnlyWhatWentWrongWhenACommandRuns() {
        final String log =
                logOf(
                        () -> {
                            assertThat(new CommandLog().configure(context))
                                    .isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
                            context.getLogger(OURS).info("unheard");
                            context.getLogger(OURS).warn("the disk is full");
                        });

        assertThat(log).isEqualTo("WARN  Node: the disk is full" + System.lineSeparator());
    }

    @Test
    void shouldLeaveItToTheFileWhenTheOperatorNamesOne() {
        System.setProperty(OWN_FILE, "/etc/nelumbo/logback.xml");

        assertThat(new CommandLog().configure(context))
                .isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
        assertThat(StandardErrorLog.isReplaced()).isTrue();
    }

    private static String logOf(final Runnable logging) {
        final PrintStream terminal = System.err;
        final ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            logging.run();
        } finally {
            System.setErr(terminal);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
