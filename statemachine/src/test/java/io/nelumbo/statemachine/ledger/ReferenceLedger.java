package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.statemachine.ledger.LedgerView.Answered;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ledger's rules again, as plainly as Java can say them: maps, copies, one event after another,
 * and an exception at the first broken rule. Slow, and meant to be read beside DESIGN §3. Nonces
 * are small here, so signed comparisons will do.
 */
final class ReferenceLedger {

    /** One nonce; a null message is one that was displaced. */
    static final class Account {
        final ChainKind chain;
        final byte[] address;
        final long first;
        long next;
        long confirmed;
        long kept;
        String haltReason;
        final Map<Long, OutboxMessage> messages = new HashMap<>();
        final Set<Long> displaced = new HashSet<>();

        Account(final Event.AccountOpened event) {
            chain = event.chain();
            address = event.address();
            first = event.firstNonce();
            next = first;
            confirmed = first;
            kept = first;
        }

        Account(final Account from) {
            chain = from.chain;
            address = from.address;
            first = from.first;
            next = from.next;
            confirmed = from.confirmed;
            kept = from.kept;
            haltReason = from.haltReason;
            messages.putAll(from.messages);
            displaced.addAll(from.displaced);
        }

        long pending() {
            return messages.keySet().stream().filter(nonce -> nonce >= confirmed).count();
        }
    }

    private static final class BrokenRule extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenRule(final String rule) {
            super(rule);
        }
    }

    final LedgerLimits limits;
    long epoch;
    long nextSequence;
    long lastTimestampNs;
    long ageNs;
    int version = 1;
    long expiredBefore;
    List<Account> accounts = new ArrayList<>();
    Map<RequestId, Answered> requests = new LinkedHashMap<>();

    ReferenceLedger(final LedgerLimits limits) {
        this.limits = limits;
    }

    private ReferenceLedger(final ReferenceLedger from) {
        this(from.limits);
        become(from);
    }

    /** True if the batch was applied; false, and nothing changed, if it broke a rule. */
    boolean apply(final long raftTerm, final EventBatch batch) {
        final ReferenceLedger after = new ReferenceLedger(this);
        try {
            after.applyOrThrow(raftTerm, batch);
        } catch (final BrokenRule e) {
            return false;
        }
        become(after);
        return true;
    }

    ReferenceLedger copy() {
        return new ReferenceLedger(this);
    }

    /** Applies one event without its batch's header; false, and nothing changed, if it breaks. */
    boolean follows(final Event event) {
        final ReferenceLedger after = new ReferenceLedger(this);
        try {
            after.apply(event);
        } catch (final BrokenRule e) {
            return false;
        }
        after.nextSequence++;
        become(after);
        return true;
    }

    private void become(final ReferenceLedger from) {
        epoch = from.epoch;
        nextSequence = from.nextSequence;
        lastTimestampNs = from.lastTimestampNs;
        ageNs = from.ageNs;
        version = from.version;
        expiredBefore = from.expiredBefore;
        accounts = new ArrayList<>(from.accounts.stream().map(Account::new).toList());
        requests = new LinkedHashMap<>(from.requests);
    }

    private void applyOrThrow(final long raftTerm, final EventBatch batch) {
        final boolean opens = batch.events().get(0) instanceof Event.EpochOpened;
        rule(batch.epoch() == raftTerm, "epoch is the entry's term");
        rule(opens || batch.epoch() == epoch, "epoch is the ledger's");
        rule(batch.firstSequence() == nextSequence, "no gap in sequences");
        rule(batch.timestampNs() > lastTimestampNs, "time moves forward");
        for (final Event event : batch.events()) {
            if (event instanceof Event.EpochOpened opened) {
                rule(batch.events().size() == 1, "EpochOpened is alone");
                rule(opened.term() == raftTerm && opened.term() > epoch, "its term is new");
                epoch = opened.term();
            } else {
                apply(event);
            }
            nextSequence++;
        }
        ageNs += opens ? 0 : batch.timestampNs() - lastTimestampNs;
        lastTimestampNs = batch.timestampNs();
    }

    private void apply(final Event event) {
        if (event instanceof Event.AccountOpened opened) {
            open(opened);
        } else if (event instanceof Event.MessageSequenced sequenced) {
            sequence(sequenced);
        } else if (event instanceof Event.MessageReplaced e) {
            final OutboxMessage old = pending(e.accountId(), e.nonce());
            rule(!old.filled(), "what was filled is not replaced");
            substitute(e.accountId(), old, e.signedBytes(), e.hash(), false);
        } else if (event instanceof Event.NonceFilled e) {
            final OutboxMessage old = pending(e.accountId(), e.nonce());
            substitute(e.accountId(), old, e.signedBytes(), e.hash(), true);
        } else if (event instanceof Event.NonceConfirmed confirmed) {
            confirm(account(confirmed.accountId()), confirmed.upToNonce());
        } else if (event instanceof Event.MessageDisplaced displaced) {
            displace(displaced);
        } else if (event instanceof Event.NonceReorged reorged) {
            final Account account = account(reorged.accountId());
            rule(reorged.downToNonce() < account.confirmed, "a reorganisation moves down");
            rule(reorged.downToNonce() >= account.kept, "down to what is kept");
            account.confirmed = reorged.downToNonce();
        } else if (event instanceof Event.LaneHalted halted) {
            final Account account = account(halted.accountId());
            rule(account.haltReason == null, "a running lane is halted");
            account.haltReason = halted.reason();
        } else if (event instanceof Event.LaneResumed resumed) {
            final Account account = account(resumed.accountId());
            rule(account.haltReason != null, "a halted lane is resumed");
            account.haltReason = null;
        } else if (event instanceof Event.RequestIdsExpired expired) {
            rule(expired.beforeSequence() > expiredBefore, "expiry moves up");
            rule(expired.beforeSequence() <= nextSequence, "the future does not expire");
            expiredBefore = expired.beforeSequence();
            requests.values().removeIf(answered -> answered.sequence() < expiredBefore);
        } else if (event instanceof Event.ClusterVersionRaised raised) {
            rule(raised.version() > version, "versions move up");
            rule(raised.version() <= limits.supportedClusterVersion(), "known versions only");
            version = raised.version();
        }
    }

    private void open(final Event.AccountOpened opened) {
        rule(opened.accountId() == accounts.size(), "accounts are numbered in order");
        rule(accounts.size() < limits.accounts(), "accounts are bounded");
        for (final Account account : accounts) {
            rule(
                    account.chain != opened.chain()
                            || !ByteBuffer.wrap(account.address)
                                    .equals(ByteBuffer.wrap(opened.address())),
                    "an address has one account");
        }
        accounts.add(new Account(opened));
    }

    private void sequence(final Event.MessageSequenced event) {
        final Account account = account(event.accountId());
        rule(event.nonce() == account.next, "I1: the next nonce");
        rule(!requests.containsKey(event.requestId()), "I4: a new request id");
        rule(account.next - account.confirmed < limits.unconfirmedPerAccount(), "bounded");
        account.messages.put(
                event.nonce(),
                new OutboxMessage(
                        event.nonce(),
                        nextSequence,
                        event.signedBytes(),
                        event.hash(),
                        List.of(),
                        false));
        account.next++;
        requests.put(
                event.requestId(),
                new Answered(event.accountId(), event.nonce(), nextSequence, event.requestHash()));
    }

    private void substitute(
            final int accountId,
            final OutboxMessage old,
            final byte[] signedBytes,
            final byte[] hash,
            final boolean filled) {
        final List<byte[]> former = new ArrayList<>(old.formerHashes());
        former.add(old.hash());
        account(accountId)
                .messages
                .put(
                        old.nonce(),
                        new OutboxMessage(
                                old.nonce(), nextSequence, signedBytes, hash, former, filled));
    }

    private void confirm(final Account account, final long upTo) {
        rule(upTo > account.confirmed, "confirmations move up");
        rule(upTo <= account.next, "and not beyond what is committed");
        account.confirmed = upTo;
        account.kept = Math.max(account.kept, upTo - limits.reorgWindow());
        account.messages.keySet().removeIf(nonce -> nonce < account.kept);
        account.displaced.removeIf(nonce -> nonce < account.kept);
    }

    private void displace(final Event.MessageDisplaced displaced) {
        final Account account = account(displaced.accountId());
        if (displaced.nonce() == account.next) {
            rule(account.next - account.confirmed < limits.unconfirmedPerAccount(), "bounded");
            account.next++;
        } else {
            pending(displaced.accountId(), displaced.nonce());
            account.messages.remove(displaced.nonce());
        }
        account.displaced.add(displaced.nonce());
    }

    private OutboxMessage pending(final int accountId, final long nonce) {
        final Account account = account(accountId);
        rule(nonce >= account.confirmed, "I9: what is confirmed has ended");
        final OutboxMessage message = account.messages.get(nonce);
        rule(message != null, "I9: what is displaced has ended");
        return message;
    }

    private Account account(final int accountId) {
        rule(accountId < accounts.size(), "the account is known");
        return accounts.get(accountId);
    }

    private static void rule(final boolean holds, final String rule) {
        if (!holds) {
            throw new BrokenRule(rule);
        }
    }
}
