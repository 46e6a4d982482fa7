package io.nelumbo.publisher.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.nelumbo.publisher.stream.v1.Item;
import io.nelumbo.publisher.stream.v1.PublishBatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What is no batch ends its stream, and leaves nothing behind. */
final class BrokenBatchTest {
    private static final String ALL = "Bearer sign,write";

    @Test
    void shouldForgetAStreamWhoseMessageDoesNotParseI10() throws Exception {
        try (StreamFixture door = new StreamFixture(StreamFixture.limits(100, 100, 1))) {
            for (int i = 0; i < 3; i++) {
                try (RawStream stream = new RawStream(door.address(), ALL)) {
                    // when: an item that is said to be longer than what there is
                    stream.send(new byte[] {0x0a, 0x7f});

                    // then
                    assertThat(stream.end().getCode()).isEqualTo(Status.Code.INTERNAL);
                    assertThat(stream.end().getDescription())
                            .contains("no PublishBatch", "send it again");
                    await(() -> door.server.streams() == 0);
                }
            }
        }
    }

    @Test
    void shouldForgetAStreamWhoseMessageInflatesBeyondTheBoundI10() throws Exception {
        try (StreamFixture door = new StreamFixture();
                RawStream stream =
                        new RawStream(
                                door.address(), ALL, CallOptions.DEFAULT.withCompression("gzip"))) {
            stream.call.setMessageCompression(true);
            stream.send(
                    PublishBatch.newBuilder()
                            .addItems(
                                    Item.newBuilder()
                                            .setMessage(
                                                    ByteString.copyFrom(
                                                            new byte
                                                                    [StreamLimits.MAX_BATCH_BYTES
                                                                            + 1])))
                            .build());

            assertThat(stream.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            await(() -> door.server.streams() == 0);
        }
    }

    @Test
    void shouldForgetAStreamWhoseDeskThrowsI10() throws Exception {
        try (StreamFixture door = new StreamFixture();
                RawStream stream = new RawStream(door.address(), ALL)) {
            door.desk.broken();
            stream.send(
                    PublishBatch.newBuilder()
                            .addItems(
                                    Item.newBuilder()
                                            .setMessage(ByteString.copyFrom(new byte[] {1})))
                            .build());

            assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNKNOWN);
            await(() -> door.server.streams() == 0);
        }
    }

    private static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadlineNs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
