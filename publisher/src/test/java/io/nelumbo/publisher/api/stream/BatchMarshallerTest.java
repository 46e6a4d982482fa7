package io.nelumbo.publisher.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import io.grpc.Status;
import io.nelumbo.publisher.stream.v1.Item;
import io.nelumbo.publisher.stream.v1.PublishBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is looked at before anything is made of a batch (I10). */
final class BatchMarshallerTest {
    private static final int UNKNOWN_FIELD = 99;

    @Test
    void shouldReadTheLargestBatchWithEveryFieldAndSomeOfLaterVersions() {
        // given
        final Item.Builder item =
                Item.newBuilder()
                        .setNumber(7)
                        .setRequestId(ByteString.copyFrom(new byte[16]))
                        .setMessage(ByteString.copyFrom(new byte[] {1, 2, 3}))
                        .setMaxFee("12")
                        .setMaximizeFeeCap(true)
                        .setUnknownFields(
                                UnknownFieldSet.newBuilder()
                                        .addField(
                                                UNKNOWN_FIELD,
                                                UnknownFieldSet.Field.newBuilder()
                                                        .addVarint(1)
                                                        .addFixed64(2)
                                                        .build())
                                        .build());
        final PublishBatch.Builder batch = PublishBatch.newBuilder().setReturnSigned(true);
        for (int i = 0; i < StreamLimits.MAX_BATCH_ITEMS; i++) {
            batch.addItems(item);
        }

        // then
        assertThat(parsed(batch.build().toByteArray()))
                .isEqualTo(new ReceivedBatch.Sound(batch.build()));
    }

    @Test
    void shouldMakeNothingOfTwoMillionEmptyItems() {
        final byte[] bytes = new byte[StreamLimits.MAX_BATCH_BYTES];
        for (int i = 0; i < bytes.length; i += 2) {
            bytes[i] = 0x0a;
        }

        assertThat(broken(bytes).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(broken(bytes).getDescription()).startsWith("expected at most 1024 items");
    }

    @Test
    void shouldMakeNothingOfAMillionUnknownFieldsAtTheTopOrWithin() throws IOException {
        final byte[] fields = unknownFields(1_000_000);
        final byte[] within =
                PublishBatch.newBuilder()
                        .addItems(Item.parseFrom(unknownFields(BatchShape.MAX_FIELDS)))
                        .build()
                        .toByteArray();

        for (final byte[] bytes : new byte[][] {fields, within}) {
            assertThat(broken(bytes).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(broken(bytes).getDescription())
                    .startsWith("expected at most " + BatchShape.MAX_FIELDS + " fields");
        }
    }

    @Test
    void shouldTakeNoGroupWhoseFieldsWouldNotCount() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeTag(UNKNOWN_FIELD, WireFormat.WIRETYPE_START_GROUP);
        out.writeTag(UNKNOWN_FIELD, WireFormat.WIRETYPE_END_GROUP);
        out.flush();

        assertThat(broken(bytes.toByteArray()).getCode()).isEqualTo(Status.Code.INTERNAL);
    }

    @Test
    void shouldSayThatWhatEndsEarlyIsNoBatch() {
        for (final byte[] bytes :
                new byte[][] {{0x0a, 0x7f}, {0x0a}, {0x0a, 0x02, 0x12, 0x05}, {0x00}}) {
            assertThat(broken(bytes).getCode()).isEqualTo(Status.Code.INTERNAL);
            assertThat(broken(bytes).getDescription()).startsWith("what came is no PublishBatch");
        }
    }

    private static byte[] unknownFields(final int count) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (int i = 0; i < count; i++) {
            out.writeUInt32(UNKNOWN_FIELD, 1);
        }
        out.flush();
        return bytes.toByteArray();
    }

    private static ReceivedBatch parsed(final byte[] bytes) {
        return new BatchMarshaller().parse(new ByteArrayInputStream(bytes));
    }

    private static Status broken(final byte[] bytes) {
        return ((ReceivedBatch.Broken) parsed(bytes)).why();
    }
}
