package io.nelumbo.publisher.devchain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Guarded by its own lock; any thread. A chain of tipsets, a message pool, and a memory of every
 * byte string that was pushed. Time passes only when {@link #mine} is called.
 *
 * <p>Execution shows one tipset after inclusion, as on Filecoin: a tipset's state is the state
 * before its own messages.
 */
public final class DevChain {
    /** Older tipsets' states are forgotten; finality on Filecoin is 900. */
    private static final int MAX_TIPSETS = 2_000;

    /** Where a message stands on the chain. */
    record Landed(PooledMessage message, long height) {}

    private final DevChainOptions options;
    private final Mempool pool;
    private final ReceivedBytes received = new ReceivedBytes();
    private final List<Tipset> tipsets = new ArrayList<>();
    private final Map<String, Long> headNonces = new HashMap<>();
    private final Map<String, BigInteger> spent = new HashMap<>();
    private final Map<String, Landed> landedByCid = new HashMap<>();
    private final Map<String, PooledMessage> rememberedByCid = new HashMap<>();
    private final Map<String, Map<Long, String>> landedCids = new HashMap<>();
    private final List<Consumer<HeadChange>> listeners = new CopyOnWriteArrayList<>();
    private long forks;

    public DevChain(final DevChainOptions options) {
        this.options = options;
        this.pool = new Mempool(options.maxPendingPerAccount());
        this.tipsets.add(new Tipset(0, TipsetKey.of(0, 0, ""), "", 0, List.of(), Map.of()));
    }

    /**
     * Tells the head, and each change of it from then on, in order and without blocking.
     *
     * @return ends it
     */
    synchronized Runnable onHeadChange(final Consumer<HeadChange> listener) {
        listener.accept(new HeadChange(HeadChange.Type.CURRENT, head()));
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Remembers the bytes, whatever becomes of the message. */
    synchronized void remember(final PooledMessage message) {
        received.record(message);
        rememberedByCid.putIfAbsent(message.cid(), message);
    }

    /** A message that was ever pushed, or null. */
    synchronized @Nullable PooledMessage remembered(final String cid) {
        return rememberedByCid.get(cid);
    }

    /** Takes a message into the pool, or throws {@link MessageRefused} with Lotus's text. */
    synchronized void push(final PooledMessage message) {
        pool.add(message, headNonce(message.from()), balance(message.from()));
    }

    /** Adds a tipset with whatever can be executed. */
    public synchronized void mine(final long timestampS) {
        final Map<String, Long> parentState = Map.copyOf(headNonces);
        final List<PooledMessage> included = new ArrayList<>();
        for (final String from : pool.senders()) {
            final int room = options.maxMessagesPerTipset() - included.size();
            include(from, pool.executable(from, headNonce(from), room), included);
        }
        final Tipset parent = head();
        final long height = parent.height() + 1;
        final String key = TipsetKey.of(height, forks, parent.key());
        tipsets.add(
                new Tipset(
                        height, key, parent.key(), timestampS, List.copyOf(included), parentState));
        for (final PooledMessage message : included) {
            landedByCid.put(message.cid(), new Landed(message, height));
        }
        tell(HeadChange.Type.APPLY, head());
        if (tipsets.size() > MAX_TIPSETS) {
            tipsets.remove(0);
        }
    }

    /** Undoes the last {@code depth} tipsets; their messages wait in the pool again. */
    public synchronized void reorg(final int depth) {
        if (depth < 1 || depth >= tipsets.size()) {
            throw new IllegalArgumentException(
                    "expected depth in 1..%d but was %d".formatted(tipsets.size() - 1, depth));
        }
        forks++;
        for (int undone = 0; undone < depth; undone++) {
            final Tipset top = tipsets.remove(tipsets.size() - 1);
            tell(HeadChange.Type.REVERT, top);
            top.messages().forEach(this::undo);
            headNonces.keySet().retainAll(top.nonces().keySet());
            headNonces.putAll(top.nonces());
        }
    }

    synchronized Tipset head() {
        return tipsets.get(tipsets.size() - 1);
    }

    /** The tipset at a height, or null if it is above the head or forgotten. */
    synchronized @Nullable Tipset atHeight(final long height) {
        final long index = height - tipsets.get(0).height();
        return index < 0 || index >= tipsets.size() ? null : tipsets.get((int) index);
    }

    synchronized @Nullable Tipset byKey(final String key) {
        for (int i = tipsets.size() - 1; i >= 0; i--) {
            if (tipsets.get(i).key().equals(key)) {
                return tipsets.get(i);
            }
        }
        return null;
    }

    /** The nonce that the pool would give next: the chain's, and what waits without a hole. */
    synchronized long nextNonce(final String from) {
        return pool.nextNonce(from, headNonce(from));
    }

    synchronized BigInteger balance(final String from) {
        return options.balanceAttoFil().subtract(spent.getOrDefault(from, BigInteger.ZERO));
    }

    synchronized @Nullable Landed landed(final String cid) {
        return landedByCid.get(cid);
    }

    /** What executed with this sender and nonce, or null. */
    synchronized @Nullable Landed landed(final String from, final long nonce) {
        final String cid = landedCids.getOrDefault(from, Map.of()).get(nonce);
        return cid == null ? null : landedByCid.get(cid);
    }

    synchronized List<PooledMessage> pending() {
        return pool.all();
    }

    /** What the chain has seen and holds; the numbers of a report. */
    public synchronized ChainReport report() {
        final Map<String, Map<Long, String>> landed = new HashMap<>();
        landedCids.forEach((from, cids) -> landed.put(from, Map.copyOf(cids)));
        return new ChainReport(
                head().height(),
                received.pushes(),
                received.slots(),
                received.rewritten(),
                pool.size(),
                landed);
    }

    private void tell(final HeadChange.Type type, final Tipset tipset) {
        listeners.forEach(listener -> listener.accept(new HeadChange(type, tipset)));
    }

    private long headNonce(final String from) {
        return headNonces.getOrDefault(from, 0L);
    }

    private void include(
            final String from,
            final List<PooledMessage> messages,
            final List<PooledMessage> included) {
        for (final PooledMessage message : messages) {
            if (balance(from).compareTo(message.cost()) < 0) {
                break;
            }
            spent.merge(from, message.cost(), BigInteger::add);
            headNonces.put(from, message.nonce() + 1);
            landedCids
                    .computeIfAbsent(from, sender -> new HashMap<>())
                    .put(message.nonce(), message.cid());
            included.add(message);
        }
        pool.removeBelow(from, headNonce(from));
    }

    private void undo(final PooledMessage message) {
        spent.merge(message.from(), message.cost().negate(), BigInteger::add);
        landedByCid.remove(message.cid());
        final Map<Long, String> cids = landedCids.get(message.from());
        if (cids != null) {
            cids.remove(message.nonce());
        }
        pool.restore(message);
    }
}
