package io.nelumbo.publisher.client.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.nelumbo.publisher.stream.v1.Receipt;
import io.nelumbo.publisher.stream.v1.Receipts;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A stream over a call that does what the test says. */
final class ClientStreamTest {
    private final FakeCall call = new FakeCall();
    private final ClientStream stream =
            ClientStream.open(call.channel(), "token", StreamOptions.standard());
    private final List<Integer> replied = new ArrayList<>();

    /** Somebody whose first reply meets a defect of his own. */
    private final StreamReplies broken =
            (index, reply) -> {
                replied.add(index);
                if (index == 0) {
                    throw new IllegalArgumentException("broken by the test");
                }
            };

    @Test
    void shouldDeliverTheOtherRepliesWhenOneCallbackThrows() {
        stream.trySend(messages(3), broken);

        assertThatThrownBy(() -> stream.onMessage(receipts(0, 1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broken by the test");

        assertThat(replied).containsExactly(0, 1, 2);
    }

    @Test
    void shouldTellAllThatTheStreamEndedWhenOneCallbackThrows() {
        stream.trySend(messages(3), broken);

        assertThatThrownBy(() -> stream.onClose(Status.UNAVAILABLE, new Metadata()))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(replied).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void shouldReplyOnceToWhatIsSentAfterItGaveUpTheCall() {
        // given: the node answers what was never sent
        stream.onMessage(receipts(7));
        assertThat(call.cancelled).startsWith("answered twice, or never sent: number 7");
        final List<StreamReply> replies = new ArrayList<>();

        // when
        assertThat(stream.trySend(messages(1), (index, reply) -> replies.add(reply))).isTrue();
        assertThat(replies).isEmpty();
        stream.onClose(Status.CANCELLED, new Metadata());

        // then
        assertThat(replies).hasSize(1);
        assertThat(replies.get(0)).isInstanceOf(StreamReply.OutcomeUnknown.class);
    }

    private static List<StreamMessage> messages(final int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new StreamMessage(new UUID(1, i), new byte[] {(byte) i}))
                .toList();
    }

    private static Receipts receipts(final long... numbers) {
        final Receipts.Builder receipts = Receipts.newBuilder();
        for (final long number : numbers) {
            receipts.addReceipts(Receipt.newBuilder().setNumber(number));
        }
        return receipts.build();
    }

    /** Takes everything, until it is cancelled: then it is as strict as gRPC's own. */
    private static final class FakeCall extends ClientCall<Object, Object> {
        private @Nullable String cancelled;

        Channel channel() {
            return new Channel() {
                @Override
                @SuppressWarnings("unchecked") // It looks at neither.
                public <Q, A> ClientCall<Q, A> newCall(
                        final MethodDescriptor<Q, A> method, final CallOptions options) {
                    return (ClientCall<Q, A>) FakeCall.this;
                }

                @Override
                public String authority() {
                    return "test";
                }
            };
        }

        @Override
        public void start(final Listener<Object> listener, final Metadata headers) {}

        @Override
        public void request(final int messages) {}

        @Override
        public void cancel(final @Nullable String why, final @Nullable Throwable cause) {
            cancelled = why;
        }

        @Override
        public void halfClose() {}

        @Override
        public void sendMessage(final Object message) {
            if (cancelled != null) {
                throw new IllegalStateException("call was cancelled");
            }
        }
    }
}
