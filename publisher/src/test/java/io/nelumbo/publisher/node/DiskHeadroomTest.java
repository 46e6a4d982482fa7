package io.nelumbo.publisher.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** I11: no new messages before the log or the journal has to stop the process. */
final class DiskHeadroomTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(DiskHeadroom.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private boolean raftHasRoom = true;
    private boolean journalHasRoom = true;

    private final DiskHeadroom headroom =
            new DiskHeadroom(
                    List.of(
                            new DiskHeadroom.Disk("Raft log", Path.of("a"), () -> raftHasRoom),
                            new DiskHeadroom.Disk("journal", Path.of("b"), () -> journalHasRoom)));

    @BeforeEach
    void listen() {
        log.setLevel(Level.INFO);
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(lines);
        log.setLevel(null);
    }

    @Test
    void shouldHaveRoomWhenEveryDiskHas() {
        assertThat(headroom.getAsBoolean()).isTrue();
        assertThat(lines.list).isEmpty();
    }

    @Test
    void shouldHaveNoRoomWhenTheRaftLogHasNoneAndSayWhichOnce() {
        // given
        raftHasRoom = false;

        // when
        assertThat(headroom.getAsBoolean()).isFalse();
        assertThat(headroom.getAsBoolean()).isFalse();

        // then
        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("the disk of the Raft log in a");
    }

    @Test
    void shouldHaveRoomAgainOnlyWhenAllHave() {
        // given
        raftHasRoom = false;
        journalHasRoom = false;
        assertThat(headroom.getAsBoolean()).isFalse();

        // when
        raftHasRoom = true;

        // then
        assertThat(headroom.getAsBoolean()).isFalse();
        journalHasRoom = true;
        assertThat(headroom.getAsBoolean()).isTrue();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.endsWith("has room again"))
                .hasSize(2);
    }
}
