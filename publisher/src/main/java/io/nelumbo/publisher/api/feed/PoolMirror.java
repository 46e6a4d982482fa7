package io.nelumbo.publisher.api.feed;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What is pending, message by message: an event names what leaves the pool by its nonce only, and
 * the ledger has forgotten the bytes that were replaced. Says of each event whether it is about the
 * pool. Owned by one thread at a time.
 */
final class PoolMirror implements Event.Visitor<Boolean> {
    /** Some 100 MB. */
    static final int MAX_MESSAGES = 100_000;

    private static final int PAGE_MESSAGES = 1024;
    private static final int PAGE_BYTES = 4 << 20;

    private final LedgerView ledger;
    private final Consumer<byte[]> added;
    private final Consumer<byte[]> removed;
    private final Map<Integer, NavigableMap<Long, byte[]>> pending = new HashMap<>();
    private int count;
    private boolean filled;

    /**
     * @param added is told the signed bytes that come in
     * @param removed is told the signed bytes that leave
     */
    PoolMirror(
            final LedgerView ledger, final Consumer<byte[]> added, final Consumer<byte[]> removed) {
        this.ledger = ledger;
        this.added = added;
        this.removed = removed;
    }

    /** Takes in, silently, what is pending now; no effect if it did before. */
    void fill() {
        if (filled) {
            return;
        }
        filled = true;
        for (int account = 0; account < ledger.accountCount() && !isFull(); account++) {
            if (isFilecoin(account)) {
                fill(account);
            }
        }
    }

    void clear() {
        pending.clear();
        count = 0;
        filled = false;
    }

    /** Whether more is pending than is kept here. */
    boolean isFull() {
        return count > MAX_MESSAGES;
    }

    @Override
    public Boolean messageSequenced(final Event.MessageSequenced event) {
        add(event.accountId(), event.nonce(), event.signedBytes());
        return true;
    }

    @Override
    public Boolean messageReplaced(final Event.MessageReplaced event) {
        remove(event.accountId(), event.nonce());
        add(event.accountId(), event.nonce(), event.signedBytes());
        return true;
    }

    @Override
    public Boolean nonceFilled(final Event.NonceFilled event) {
        remove(event.accountId(), event.nonce());
        add(event.accountId(), event.nonce(), event.signedBytes());
        return true;
    }

    @Override
    public Boolean nonceConfirmed(final Event.NonceConfirmed event) {
        final NavigableMap<Long, byte[]> below =
                ofAccount(event.accountId()).headMap(event.upToNonce(), false);
        count -= below.size();
        below.values().forEach(removed);
        below.clear();
        return true;
    }

    @Override
    public Boolean messageDisplaced(final Event.MessageDisplaced event) {
        remove(event.accountId(), event.nonce());
        return true;
    }

    /** What had landed is pending again. */
    @Override
    public Boolean nonceReorged(final Event.NonceReorged event) {
        final NavigableMap<Long, byte[]> messages = ofAccount(event.accountId());
        final long next = ledger.nextNonce(event.accountId());
        long nonce = event.downToNonce();
        while (nonce != next && !messages.containsKey(nonce)) {
            final LedgerView.OutboxMessage again = ledger.message(event.accountId(), nonce);
            if (again != null) {
                add(event.accountId(), nonce, again.signedBytes());
            }
            nonce++;
        }
        return true;
    }

    @Override
    public Boolean epochOpened(final Event.EpochOpened event) {
        return false;
    }

    @Override
    public Boolean accountOpened(final Event.AccountOpened event) {
        return false;
    }

    @Override
    public Boolean laneHalted(final Event.LaneHalted event) {
        return false;
    }

    @Override
    public Boolean laneResumed(final Event.LaneResumed event) {
        return false;
    }

    @Override
    public Boolean requestIdsExpired(final Event.RequestIdsExpired event) {
        return false;
    }

    @Override
    public Boolean clusterVersionRaised(final Event.ClusterVersionRaised event) {
        return false;
    }

    private void fill(final int account) {
        List<LedgerView.OutboxMessage> page =
                ledger.unconfirmed(account, 0, PAGE_MESSAGES, PAGE_BYTES);
        while (!page.isEmpty() && !isFull()) {
            page.forEach(message -> put(account, message.nonce(), message.signedBytes()));
            final long next = page.get(page.size() - 1).nonce() + 1;
            page = ledger.unconfirmed(account, next, PAGE_MESSAGES, PAGE_BYTES);
        }
    }

    private void add(final int account, final long nonce, final byte[] signedBytes) {
        if (isFilecoin(account)) {
            put(account, nonce, signedBytes);
            added.accept(signedBytes);
        }
    }

    private void put(final int account, final long nonce, final byte[] signedBytes) {
        if (ofAccount(account).put(nonce, signedBytes) == null) {
            count++;
        }
    }

    private void remove(final int account, final long nonce) {
        final byte[] signedBytes = ofAccount(account).remove(nonce);
        if (signedBytes != null) {
            count--;
            removed.accept(signedBytes);
        }
    }

    private boolean isFilecoin(final int account) {
        return ledger.account(account).chain() == ChainKind.FILECOIN;
    }

    private NavigableMap<Long, byte[]> ofAccount(final int account) {
        return pending.computeIfAbsent(account, id -> new TreeMap<>(Long::compareUnsigned));
    }
}
