package io.nelumbo.statemachine.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment whose last write was interrupted, and others that only look like it. */
final class TornTailTest {

    private static final int PAGE = 4096;
    private static final int SEGMENT_BYTES = 10 * PAGE;

    @Test
    void shouldFindTheEntryThatAKilledProcessWasWriting() {
        for (int boundary = PAGE; boundary <= 3 * PAGE; boundary += PAGE) {
            // given
            final ByteBuffer segment = segment(100, 200, 3 * PAGE);
            final int last = 8 + entry(100).length + entry(200).length;

            // when
            Arrays.fill(segment.array(), boundary, SEGMENT_BYTES, (byte) 0);

            // then
            assertThat(TornTail.tornEntry(segment)).as("torn at %d", boundary).hasValue(last);
        }
    }

    @Test
    void shouldLeaveAWholeSegmentAlone() {
        assertThat(TornTail.tornEntry(segment(100, 3 * PAGE, 50))).isEmpty();
        assertThat(TornTail.tornEntry(segment())).isEmpty();
        assertThat(TornTail.tornEntry(ByteBuffer.allocate(0))).isEmpty();
        assertThat(TornTail.tornEntry(ByteBuffer.allocate(SEGMENT_BYTES))).isEmpty();
    }

    @Test
    void shouldLeaveAnEntryAloneThatWasWrittenWholeAndHasDecayed() {
        // given
        final byte[] whole = segment(100, 3 * PAGE).array();
        final int end = 8 + entry(100).length + entry(3 * PAGE).length;

        for (int bit = 8 * 8; bit < end * 8; bit += 3) {
            // when
            final byte[] decayed = whole.clone();
            decayed[bit / 8] ^= (byte) (1 << bit % 8);

            // then
            assertThat(TornTail.tornEntry(ByteBuffer.wrap(decayed))).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void shouldLeaveAnEntryAloneThatLostAPageInTheMiddle() {
        // given
        final ByteBuffer segment = segment(100, 3 * PAGE);

        // when
        Arrays.fill(segment.array(), PAGE, 2 * PAGE, (byte) 0);

        // then
        assertThat(TornTail.tornEntry(segment)).isEmpty();
    }

    @Test
    void shouldRestartANodeThatWasKilledInTheMiddleOfAWrite_I5(@TempDir final Path folder)
            throws IOException {
        try (TestCluster cluster = TestCluster.start(folder)) {
            // given: an entry was on its way into the segment when the node died
            cluster.commit(3);
            final TestNode node = cluster.followerAtTheEnd();
            node.crash();
            final Path log = openSegment(node);
            final byte[] whole = Files.readAllBytes(log);
            final byte[] interrupted = entry(3 * PAGE);
            final byte[] bytes = Arrays.copyOf(whole, whole.length + 4 * PAGE);
            System.arraycopy(interrupted, 0, bytes, whole.length, interrupted.length);
            final int boundary = (whole.length / PAGE + 2) * PAGE;
            Arrays.fill(bytes, boundary, bytes.length, (byte) 0);
            Files.write(log, bytes);

            // when
            node.start();

            // then
            cluster.commit(1);
            cluster.expectIdenticalReplicas();
            try (Stream<Path> files = Files.list(log.getParent())) {
                assertThat(files.filter(file -> file.getFileName().toString().startsWith("torn-")))
                        .hasSize(1);
            }
        }
    }

    private static Path openSegment(final TestNode node) throws IOException {
        try (Stream<Path> files = Files.list(node.settings.storageFolder().resolve("current"))) {
            return files.filter(file -> file.getFileName().toString().contains("inprogress"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static ByteBuffer segment(final int... entryBytes) {
        final ByteBuffer segment = ByteBuffer.allocate(SEGMENT_BYTES);
        segment.put("RaftLog1".getBytes(UTF_8));
        for (final int bytes : entryBytes) {
            segment.put(entry(bytes));
        }
        return segment;
    }

    /** As Ratis writes it. */
    private static byte[] entry(final int bodyBytes) {
        final byte[] body = new byte[bodyBytes];
        for (int n = 0; n < bodyBytes; n++) {
            body[n] = (byte) (1 + n % 100);
        }
        final LogEntryProto proto =
                LogEntryProto.newBuilder()
                        .setTerm(3)
                        .setIndex(1_000)
                        .setStateMachineLogEntry(
                                StateMachineLogEntryProto.newBuilder()
                                        .setLogData(ByteString.copyFrom(body)))
                        .build();
        final ByteBuffer entry = ByteBuffer.allocate(proto.getSerializedSize() + 16);
        int length = proto.getSerializedSize();
        while (length > 0x7F) {
            entry.put((byte) (length & 0x7F | 0x80));
            length >>>= 7;
        }
        entry.put((byte) length).put(proto.toByteArray());
        final CRC32C checksum = new CRC32C();
        checksum.update(entry.array(), 0, entry.position());
        entry.putInt((int) checksum.getValue());
        return Arrays.copyOf(entry.array(), entry.position());
    }
}
