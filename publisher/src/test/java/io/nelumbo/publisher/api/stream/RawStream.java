package io.nelumbo.publisher.api.stream;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.nelumbo.publisher.stream.v1.PublishBatch;
import io.nelumbo.publisher.stream.v1.PublisherGrpc;
import io.nelumbo.publisher.stream.v1.Receipts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client from another language: it does what the test wants, not what is sensible. */
final class RawStream extends ClientCall.Listener<Receipts> implements AutoCloseable {
    final BlockingQueue<Receipts> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final ManagedChannel channel;
    final ClientCall<byte[], Receipts> call;

    RawStream(final InetSocketAddress address, final @Nullable String authorization) {
        this(address, authorization, CallOptions.DEFAULT);
    }

    RawStream(
            final InetSocketAddress address,
            final @Nullable String authorization,
            final CallOptions options) {
        channel = NettyChannelBuilder.forAddress(address).usePlaintext().disableRetry().build();
        call =
                channel.newCall(
                        PublisherGrpc.getPublishMethod().<byte[], Receipts>toBuilder(
                                        new AsTheyAre(),
                                        PublisherGrpc.getPublishMethod().getResponseMarshaller())
                                .build(),
                        options);
        final Metadata headers = new Metadata();
        if (authorization != null) {
            headers.put(
                    Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                    authorization);
        }
        call.start(this, headers);
    }

    void send(final PublishBatch batch) {
        send(batch.toByteArray());
    }

    void send(final byte[] message) {
        call.sendMessage(message);
    }

    @Override
    public void onMessage(final Receipts some) {
        answers.add(some);
    }

    @Override
    public void onClose(final Status status, final Metadata trailers) {
        end.complete(status);
    }

    Receipts next() throws InterruptedException {
        final Receipts next = answers.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("expected answers within 20 s but were none");
        }
        return next;
    }

    Status end() throws Exception {
        return end.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** Sends bytes, whatever they mean. */
    private static final class AsTheyAre implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(final byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(final InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
