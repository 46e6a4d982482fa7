package io.nelumbo.publisher.publish;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.chain.UpstreamFailure;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the test: an upstream that answers what the test has written down, a millisecond later,
 * and remembers what it was sent. Without a script it accepts.
 */
public final class ScriptedUpstream implements Upstream {

    private static final long ANSWER_NS = 1_000_000;

    private final String name;
    private final VirtualTime time;
    private final ArrayDeque<PushOutcome> refusals = new ArrayDeque<>();
    private final List<List<TestMessage>> pushes = new ArrayList<>();
    private final Map<ByteBuffer, byte[]> landings = new HashMap<>();
    private long executed;
    private long executedBefore;
    private long next;
    private List<Long> pending = List.of();
    private long height = 100;
    private boolean silent;
    private boolean pruned;
    private boolean searchFails;
    private int questions;
    private int inFlight;
    private int mostInFlight;

    public ScriptedUpstream(final String name, final VirtualTime time) {
        this.name = name;
        this.time = time;
    }

    /** Refuses the first message of the next push, then that of the next one, and so on. */
    public ScriptedUpstream refuse(final PushOutcome... outcomes) {
        refusals.addAll(List.of(outcomes));
        return this;
    }

    public void execute(final long upToNonce) {
        executed = upToNonce;
        height++;
    }

    /** The same nonce, read at another height. */
    public void readAt(final long readHeight) {
        height = readHeight;
    }

    /** What was executed far below the head; 0 unless told otherwise. */
    public void executeBefore(final long upToNonce) {
        executedBefore = upToNonce;
    }

    /** Has forgotten everything beyond confidence: states and messages. */
    public void prune() {
        pruned = true;
        landings.clear();
    }

    /** Cannot search for messages, but answers everything else. */
    public void failSearches() {
        searchFails = true;
    }

    public void expectNext(final long nonce) {
        next = nonce;
    }

    /** Has messages of the account in its pool, and would give the nonce behind them next. */
    public void pend(final long fromNonce, final long endNonce) {
        pending = LongStream.range(fromNonce, endNonce).boxed().toList();
        next = endNonce;
    }

    public void land(final byte[] askedHash, final byte[] landedHash) {
        landings.put(ByteBuffer.wrap(askedHash), landedHash);
    }

    public void land(final TestMessage message) {
        land(message.hash(), message.hash());
    }

    public void beSilent(final boolean isSilent) {
        silent = isSilent;
    }

    /** What every push carried. */
    public List<List<TestMessage>> pushes() {
        return pushes;
    }

    /** The nonces of every push. */
    public List<List<Long>> pushedNonces() {
        return pushes.stream().map(p -> p.stream().map(TestMessage::nonce).toList()).toList();
    }

    public int questions() {
        return questions;
    }

    public int mostInFlight() {
        return mostInFlight;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<List<PushOutcome>> push(final List<byte[]> signedMessages) {
        pushes.add(signedMessages.stream().map(TestMessage::of).toList());
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
        final List<PushOutcome> outcomes = new ArrayList<>();
        if (refusals.isEmpty()) {
            signedMessages.forEach(message -> outcomes.add(new PushOutcome.Accepted()));
        } else {
            outcomes.add(refusals.remove());
        }
        return answered(
                () -> {
                    inFlight--;
                    return List.copyOf(outcomes);
                });
    }

    @Override
    public CompletableFuture<Long> nextNonce(final Address account) {
        questions++;
        return answered(() -> next);
    }

    @Override
    public CompletableFuture<List<Long>> pendingNonces(final Address account) {
        questions++;
        return answered(() -> pending);
    }

    @Override
    public CompletableFuture<NonceAtHeight> executedNonce(final Address account, final int depth) {
        questions++;
        if (depth <= OneNode.OPTIONS.confirming().confidence()) {
            return answered(() -> new NonceAtHeight(executed, height));
        }
        return pruned
                ? failed("loading state tree failed: ipld: could not find bafy2bzace")
                : answered(() -> new NonceAtHeight(executedBefore, Math.max(0, height - depth)));
    }

    @Override
    public CompletableFuture<@Nullable Landing> find(final byte[] hash) {
        questions++;
        if (searchFails) {
            return failed("failed to load tipset during msg wait searchback");
        }
        return answered(
                () -> {
                    final byte[] landed = landings.get(ByteBuffer.wrap(hash));
                    return landed == null ? null : new Landing(landed, height, 0);
                });
    }

    @Override
    public CompletableFuture<Long> headHeight() {
        return answered(() -> height);
    }

    private <T> CompletableFuture<T> answered(final Supplier<T> answer) {
        if (silent) {
            return failed("connection refused");
        }
        final CompletableFuture<T> future = new CompletableFuture<>();
        time.after(ANSWER_NS, () -> future.complete(answer.get()));
        return future;
    }

    private <T> CompletableFuture<T> failed(final String why) {
        final CompletableFuture<T> future = new CompletableFuture<>();
        time.after(ANSWER_NS, () -> future.completeExceptionally(new UpstreamFailure(why)));
        return future;
    }
}
