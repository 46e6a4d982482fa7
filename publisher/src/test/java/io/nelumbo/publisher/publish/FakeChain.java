package io.nelumbo.publisher.publish;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the test: a chain that all fake upstreams look at. A tipset is the list of messages that
 * it executed; what a reorganisation takes away has to be mined again.
 */
final class FakeChain {

    /** A message of ours, or foreign bytes that use the same account and nonce. */
    record Mined(int account, long nonce, byte[] hash) {}

    /** A tipset, and the first nonce of each account that is not executed up to it. */
    private record Tipset(List<Mined> messages, Map<Integer, Long> executed) {}

    private final List<Tipset> tipsets = new ArrayList<>(List.of(new Tipset(List.of(), Map.of())));
    private final Map<ByteBuffer, Mined> byHash = new HashMap<>();
    private final Map<Integer, Long> firstNonces = new HashMap<>();
    private final Map<Integer, TreeMap<Long, byte[]>> foreign = new HashMap<>();
    private final List<FakeUpstream> upstreams = new ArrayList<>();
    private long highest;

    void attach(final FakeUpstream upstream) {
        upstreams.add(upstream);
    }

    void startAt(final int account, final long firstNonce) {
        firstNonces.put(account, firstNonce);
    }

    long height() {
        return tipsets.size() - 1L;
    }

    /** The first nonce of an account that is not executed in the tipsets up to a height. */
    long executed(final int account, final long height) {
        return tipsets.get((int) height)
                .executed()
                .getOrDefault(account, firstNonces.getOrDefault(account, 0L));
    }

    long executed(final int account) {
        return executed(account, height());
    }

    /** The same, so deep below the highest tipset ever that no reorganisation reaches it. */
    long executedForGood(final int account, final long deepest) {
        return executed(account, Math.max(0, highest - deepest));
    }

    @Nullable Mined find(final byte[] hash) {
        return byHash.get(ByteBuffer.wrap(hash));
    }

    @Nullable Mined minedAt(final int account, final long nonce) {
        return byHash.values().stream()
                .filter(mined -> mined.account() == account && mined.nonce() == nonce)
                .findFirst()
                .orElse(null);
    }

    /** Somebody else uses a key: the foreign message will be mined at the account's next nonce. */
    void useForeign(final int account) {
        final TreeMap<Long, byte[]> used = foreign.computeIfAbsent(account, a -> new TreeMap<>());
        long nonce = executed(account);
        while (used.containsKey(nonce)) {
            nonce++;
        }
        used.put(nonce, new TestMessage(account, nonce, "foreign").hash());
    }

    /** Mines a tipset of what the pools hold, in nonce order; foreign messages go first. */
    void mine(final List<Integer> accounts, final int maxPerAccount) {
        final List<Mined> messages = new ArrayList<>();
        final Map<Integer, Long> executed =
                new HashMap<>(tipsets.get(tipsets.size() - 1).executed());
        for (final int account : accounts) {
            long nonce = executed(account);
            for (int i = 0; i < maxPerAccount; i++, nonce++) {
                final byte[] hash = hashFor(account, nonce);
                if (hash == null) {
                    break;
                }
                final Mined mined = new Mined(account, nonce, hash);
                messages.add(mined);
                byHash.put(ByteBuffer.wrap(hash), mined);
            }
            executed.put(account, nonce);
        }
        tipsets.add(new Tipset(List.copyOf(messages), executed));
        highest = Math.max(highest, height());
        upstreams.forEach(FakeUpstream::forgetExecuted);
    }

    /**
     * Takes the newest tipsets away, but none that ever was so deep; their messages are gone from
     * the pools as well.
     */
    void reorganise(final int depth, final long deepest) {
        for (int i = 0; i < depth && height() > Math.max(0, highest - deepest); i++) {
            tipsets.remove(tipsets.size() - 1)
                    .messages()
                    .forEach(mined -> byHash.remove(ByteBuffer.wrap(mined.hash())));
        }
    }

    private byte @Nullable [] hashFor(final int account, final long nonce) {
        final byte[] others = foreign.getOrDefault(account, new TreeMap<>()).get(nonce);
        if (others != null) {
            return others;
        }
        for (final FakeUpstream upstream : upstreams) {
            final byte[] pooled = upstream.pooled(account, nonce);
            if (pooled != null) {
                return TestMessage.hashOf(pooled);
            }
        }
        return null;
    }
}
