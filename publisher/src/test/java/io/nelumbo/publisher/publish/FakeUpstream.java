package io.nelumbo.publisher.publish;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.chain.UpstreamFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the test: a chain node with a pool of its own, over a chain that it shares. It keeps the
 * rules of real nodes, answers in virtual time, and misbehaves as its {@link Faults} say.
 */
final class FakeUpstream implements Upstream {

    private static final long QUICK_NS = 5_000_000;
    private static final long SLOW_NS = 3_000_000_000L;
    private static final int MAX_GAP = 4;

    private final String name;
    private final FakeChain chain;
    private final VirtualTime time;
    private final Random random;
    private final Map<Integer, TreeMap<Long, byte[]>> pool = new HashMap<>();
    private Faults faults = Faults.none();

    FakeUpstream(
            final String name, final FakeChain chain, final VirtualTime time, final Random random) {
        this.name = name;
        this.chain = chain;
        this.time = time;
        this.random = random;
        chain.attach(this);
    }

    void misbehave(final Faults like) {
        faults = like;
    }

    byte @Nullable [] pooled(final int account, final long nonce) {
        return poolOf(account).get(nonce);
    }

    void forgetExecuted() {
        pool.forEach((account, messages) -> messages.headMap(chain.executed(account)).clear());
    }

    void forgetAll() {
        pool.clear();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<List<PushOutcome>> push(final List<byte[]> signedMessages) {
        final CompletableFuture<List<PushOutcome>> answer = new CompletableFuture<>();
        final boolean silent = happens(faults.silentPercent);
        final boolean lostBefore = happens(faults.lostBeforePercent);
        final boolean lostAfter = happens(faults.lostAfterPercent);
        time.after(
                delayNs(),
                () -> {
                    final List<PushOutcome> outcomes =
                            lostBefore ? List.of() : taken(signedMessages);
                    if (happens(faults.forgetPercent)) {
                        forgetAll();
                    }
                    if (silent) {
                        return;
                    }
                    answer.complete(
                            lostBefore || lostAfter
                                    ? List.of(new PushOutcome.Ambiguous("connection reset"))
                                    : outcomes);
                });
        return answer;
    }

    private List<PushOutcome> taken(final List<byte[]> signedMessages) {
        final List<PushOutcome> outcomes = new ArrayList<>();
        for (final byte[] bytes : signedMessages) {
            final PushOutcome outcome = taken(bytes);
            outcomes.add(outcome);
            if (!(outcome instanceof PushOutcome.Accepted)
                    && !(outcome instanceof PushOutcome.AlreadyKnown)) {
                break;
            }
        }
        return outcomes;
    }

    private PushOutcome taken(final byte[] bytes) {
        final TestMessage message = TestMessage.of(bytes);
        final TreeMap<Long, byte[]> pooled = poolOf(message.account());
        if (happens(faults.refusePercent)) {
            return switch (random.nextInt(4)) {
                case 0 -> new PushOutcome.Underpriced("gas fee cap too low");
                case 1 -> new PushOutcome.NotEnoughFunds("not enough funds");
                case 2 -> new PushOutcome.PoolFull("too many pending messages");
                default -> new PushOutcome.Invalid("message too big");
            };
        }
        if (message.nonce() < chain.executed(message.account())) {
            return new PushOutcome.NonceTooLow("message nonce too low");
        }
        final byte[] held = pooled.get(message.nonce());
        if (held != null) {
            return Arrays.equals(held, bytes)
                    ? new PushOutcome.AlreadyKnown()
                    : new PushOutcome.NonceTooLow("replace by fee has too low gaspremium");
        }
        if (message.nonce() > pendingNonce(message.account()) + MAX_GAP) {
            return new PushOutcome.Gap("unfulfilled nonce gap");
        }
        if (!happens(faults.dropPercent)) {
            pooled.put(message.nonce(), bytes);
        }
        return new PushOutcome.Accepted();
    }

    @Override
    public CompletableFuture<Long> nextNonce(final Address account) {
        return answered(() -> lied(pendingNonce(TestMessage.accountOf(account.bytes()))));
    }

    @Override
    public CompletableFuture<List<Long>> pendingNonces(final Address account) {
        return answered(() -> List.copyOf(poolOf(TestMessage.accountOf(account.bytes())).keySet()));
    }

    @Override
    public CompletableFuture<NonceAtHeight> executedNonce(final Address account, final int depth) {
        return answered(
                () -> {
                    final long height = Math.max(0, chain.height() - depth);
                    return new NonceAtHeight(
                            lied(chain.executed(TestMessage.accountOf(account.bytes()), height)),
                            height);
                });
    }

    @Override
    public CompletableFuture<@Nullable Landing> find(final byte[] hash) {
        return answered(
                () -> {
                    final FakeChain.Mined mined =
                            happens(faults.liePercent) ? null : chain.find(hash);
                    return mined == null ? null : new Landing(mined.hash(), chain.height(), 0);
                });
    }

    @Override
    public CompletableFuture<Long> headHeight() {
        return answered(chain::height);
    }

    private long pendingNonce(final int account) {
        long nonce = chain.executed(account);
        while (poolOf(account).containsKey(nonce)) {
            nonce++;
        }
        return nonce;
    }

    private long lied(final long truth) {
        final int offset = faults.lieOffset == 0 ? random.nextInt(41) - 20 : faults.lieOffset;
        return happens(faults.liePercent) ? Math.max(0, truth + offset) : truth;
    }

    private <T> CompletableFuture<T> answered(final Supplier<T> answer) {
        final CompletableFuture<T> future = new CompletableFuture<>();
        if (happens(faults.silentPercent)) {
            return future;
        }
        time.after(
                delayNs(),
                () -> {
                    if (happens(faults.questionFailsPercent)) {
                        future.completeExceptionally(new UpstreamFailure("connection refused"));
                    } else {
                        future.complete(answer.get());
                    }
                });
        return future;
    }

    private TreeMap<Long, byte[]> poolOf(final int account) {
        return pool.computeIfAbsent(account, a -> new TreeMap<>());
    }

    private long delayNs() {
        final long typicalNs = happens(faults.slowPercent) ? SLOW_NS : QUICK_NS;
        return typicalNs / 2 + random.nextInt((int) (typicalNs / 2));
    }

    private boolean happens(final int percent) {
        return percent > 0 && random.nextInt(100) < percent;
    }
}
