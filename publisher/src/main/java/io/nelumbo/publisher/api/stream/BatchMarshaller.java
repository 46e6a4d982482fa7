package io.nelumbo.publisher.api.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.nelumbo.publisher.stream.v1.PublishBatch;
import java.io.IOException;
import java.io.InputStream;

/**
 * Makes batches of what comes from the wire, and never throws: the transport would end the call
 * with words of its own, before the stream knows. Any thread.
 */
final class BatchMarshaller implements MethodDescriptor.Marshaller<ReceivedBatch> {

    @Override
    public InputStream stream(final ReceivedBatch batch) {
        throw new UnsupportedOperationException("expected a server to read batches only");
    }

    @Override
    public ReceivedBatch parse(final InputStream stream) {
        try {
            final byte[] bytes = bytes(stream);
            final Status objection = BatchShape.objection(bytes);
            return objection == null
                    ? new ReceivedBatch.Sound(PublishBatch.parseFrom(bytes))
                    : new ReceivedBatch.Broken(objection);
        } catch (final StatusRuntimeException tooLarge) {
            // Who inflates what was compressed stops at the bound.
            return new ReceivedBatch.Broken(tooLarge.getStatus());
        } catch (final IOException e) {
            return noBatch(e);
        }
    }

    /** What is not compressed lies there already, in full. */
    private static byte[] bytes(final InputStream stream) throws IOException {
        if (!(stream instanceof KnownLength)) {
            return stream.readAllBytes();
        }
        final byte[] bytes = new byte[stream.available()];
        final int read = stream.readNBytes(bytes, 0, bytes.length);
        if (read < bytes.length) {
            throw new InvalidProtocolBufferException(
                    "expected " + bytes.length + " bytes but was " + read);
        }
        return bytes;
    }

    private static ReceivedBatch noBatch(final IOException why) {
        return new ReceivedBatch.Broken(
                Status.INTERNAL.withDescription(
                        "what came is no PublishBatch: " + why.getMessage()));
    }
}
