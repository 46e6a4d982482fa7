package io.nelumbo.publisher.api.stream;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.grpc.Status;
import io.nelumbo.publisher.stream.v1.PublishBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Walks over a batch's bytes before anything is made of them (I10): an empty item takes two bytes
 * on the wire and a hundred times as many as an object, and so does a field that nobody knows. One
 * walk, by one thread.
 */
final class BatchShape {
    /** An item has six fields; more are room for those of later versions. */
    static final int MAX_FIELDS = 16 + 8 * StreamLimits.MAX_BATCH_ITEMS;

    private static final int ITEM_TAG =
            PublishBatch.ITEMS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private final CodedInputStream in;
    private int items;
    private int fields;

    private BatchShape(final byte[] batch) {
        this.in = CodedInputStream.newInstance(batch);
    }

    /**
     * Why a batch is not to be parsed, or null.
     *
     * @throws InvalidProtocolBufferException if it cannot be
     */
    static @Nullable Status objection(final byte[] batch) throws IOException {
        final BatchShape shape = new BatchShape(batch);
        shape.walk(true);
        if (shape.items > StreamLimits.MAX_BATCH_ITEMS) {
            return tooMany(StreamLimits.MAX_BATCH_ITEMS, "items");
        }
        return shape.fields > MAX_FIELDS ? tooMany(MAX_FIELDS, "fields") : null;
    }

    /** Up to the end of what it is in, or to the first thing too many. */
    private void walk(final boolean top) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            fields++;
            if (fields > MAX_FIELDS) {
                return;
            }
            if (top && tag == ITEM_TAG) {
                items++;
                if (items > StreamLimits.MAX_BATCH_ITEMS) {
                    return;
                }
                final int outer = in.pushLimit(in.readRawVarint32());
                walk(false);
                if (fields > MAX_FIELDS) {
                    return;
                }
                in.popLimit(outer);
            } else {
                skip(tag);
            }
        }
    }

    private void skip(final int tag) throws IOException {
        final int type = WireFormat.getTagWireType(tag);
        if (type == WireFormat.WIRETYPE_START_GROUP || type == WireFormat.WIRETYPE_END_GROUP) {
            // No version of this format has them, and what is in them could not be counted.
            throw new InvalidProtocolBufferException("expected no group");
        }
        in.skipField(tag);
    }

    private static Status tooMany(final int bound, final String what) {
        return Status.INVALID_ARGUMENT.withDescription(
                "expected at most " + bound + " " + what + " in a batch but there are more");
    }
}
