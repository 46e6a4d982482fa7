package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Signing;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A request that is on its way, and those who asked for the same while it was. The sequencer thread
 * joins, any thread settles; the final nonce is written by the replicator thread and read after the
 * batch was handed on.
 *
 * <p>A client holds only its own future: cancelling it, or letting it time out, changes nothing
 * here, and above all does not make the request look settled.
 */
final class PendingRequest implements Pending {

    private static final int MAX_JOINERS = 1024;

    private final PublishRequest request;
    private final CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();

    /** Null while nobody joined; {@link Joiner#SETTLED} from the moment that nobody may join. */
    private final AtomicReference<@Nullable Joiner> joiners = new AtomicReference<>();

    private long finalNonce;
    private Signing.@Nullable Signed signed;

    PendingRequest(final PublishRequest request) {
        this.request = request;
    }

    PublishRequest request() {
        return request;
    }

    RequestId id() {
        return request.requestId();
    }

    CompletableFuture<PublishOutcome> outcome() {
        return outcome;
    }

    boolean hasHash(final byte[] requestHash) {
        return Arrays.equals(request.requestHash(), requestHash);
    }

    boolean isSettled() {
        return joiners.get() == Joiner.SETTLED;
    }

    /** Lets another request wait for this one's outcome, unless that is settled already. */
    Joining join(final PendingRequest other) {
        while (true) {
            final Joiner head = joiners.get();
            if (head == Joiner.SETTLED) {
                return Joining.SETTLED;
            }
            final int depth = head == null ? 1 : head.depth + 1;
            if (depth > MAX_JOINERS) {
                return Joining.TOO_MANY;
            }
            if (joiners.compareAndSet(head, new Joiner(other, head, depth))) {
                return Joining.JOINED;
            }
        }
    }

    /** What will be committed for it, unless the epoch ends. */
    void numbered(final long nonce, final Signing.Signed at) {
        finalNonce = nonce;
        signed = at;
    }

    void settle(final PublishOutcome decided) {
        Joiner joiner = joiners.getAndSet(Joiner.SETTLED);
        outcome.complete(decided);
        while (joiner != null && joiner.request != null) {
            joiner.request.settle(decided);
            joiner = joiner.next;
        }
    }

    @Override
    public boolean appendTo(final BatchEncoder encoder) {
        final Signing.Signed bytes = Objects.requireNonNull(signed);
        return encoder.appendMessageSequenced(
                request.accountId(),
                finalNonce,
                request.requestId().high(),
                request.requestId().low(),
                request.requestHash(),
                request.principal(),
                request.draft().signerKeyId(),
                bytes.bytes(),
                bytes.hash());
    }

    @Override
    public void committed(final long epoch, final long sequence) {
        final Signing.Signed bytes = Objects.requireNonNull(signed);
        settle(
                new PublishOutcome.Published(
                        new Receipt(
                                request.accountId(),
                                finalNonce,
                                sequence,
                                epoch,
                                bytes.hash(),
                                bytes.bytes())));
    }

    @Override
    public void notSubmitted() {
        settle(new PublishOutcome.NotLeading());
    }

    @Override
    public void unknown(final String why) {
        settle(new PublishOutcome.OutcomeUnknown(why));
    }

    /** What trying to join came to. */
    enum Joining {
        JOINED,
        SETTLED,
        TOO_MANY
    }

    /** One who joined, above those who joined before; a stack without a lock. */
    private static final class Joiner {
        /** Nobody: from here on nobody may join. */
        static final Joiner SETTLED = new Joiner(null, null, 0);

        final @Nullable PendingRequest request;
        final @Nullable Joiner next;
        final int depth;

        Joiner(
                final @Nullable PendingRequest request,
                final @Nullable Joiner next,
                final int depth) {
            this.request = request;
            this.next = next;
            this.depth = depth;
        }
    }
}
