package io.nelumbo.publisher.publish;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Upstream.NonceAtHeight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by the thread {@code publisher}: opens accounts, in one epoch. The first nonce is the
 * highest that any upstream would give next or has executed; those that do not answer are not
 * waited for beyond their timeout, and one answer to each question is enough. Calls for one address
 * share one opening.
 */
final class AccountOpening {

    private static final Logger LOG = LoggerFactory.getLogger(AccountOpening.class);

    /** Accounts that may be opening at one time. */
    private static final int MAX_OPENING = 1_024;

    /** Callers that may wait for one account. */
    private static final int MAX_WAITING = 16_384;

    private final Ports ports;
    private final Map<Address, List<CompletableFuture<OpenOutcome>>> opening = new HashMap<>();

    AccountOpening(final Ports ports) {
        this.ports = ports;
    }

    /** Opens, and completes {@code then} with the account's id once the ledger has it. */
    void open(
            final Address address,
            final @Nullable Upstreams upstreams,
            final CompletableFuture<OpenOutcome> then) {
        final int accountId = accountId(address);
        if (accountId >= 0) {
            then.complete(new OpenOutcome.Opened(accountId));
            return;
        }
        final List<CompletableFuture<OpenOutcome>> shared = opening.get(address);
        if (shared != null && shared.size() >= MAX_WAITING) {
            then.complete(notOpened(MAX_WAITING + " callers wait for this account already"));
        } else if (shared != null) {
            shared.add(then);
        } else if (upstreams == null || upstreams.size() == 0) {
            then.complete(notOpened("no upstream is configured for " + address.chain()));
        } else if (opening.size() >= MAX_OPENING) {
            then.complete(notOpened(MAX_OPENING + " accounts are being opened already"));
        } else {
            opening.put(address, new ArrayList<>(List.of(then)));
            upstreams.askAll(
                    upstream -> upstream.nextNonce(address),
                    nexts ->
                            upstreams.askAll(
                                    upstream -> upstream.executedNonce(address, 0),
                                    executed -> told(address, nexts, executed)));
        }
    }

    /** Ends the epoch: whoever waits is told to ask again. */
    void close() {
        List.copyOf(opening.keySet()).forEach(address -> end(address, new OpenOutcome.AskAgain()));
    }

    private void told(
            final Address address,
            final List<Answer<Long>> nexts,
            final List<Answer<NonceAtHeight>> executed) {
        if (!opening.containsKey(address)) {
            return;
        }
        final Long next = highest(nexts.stream().map(AccountOpening::value).toList());
        final Long used =
                highest(
                        executed.stream()
                                .map(AccountOpening::value)
                                .map(nonceAt -> nonceAt == null ? null : nonceAt.nonce())
                                .toList());
        if (next == null || used == null) {
            end(
                    address,
                    notOpened(
                            "no upstream tells the account's nonce: "
                                    + (next == null ? reasons(nexts) : reasons(executed))));
            return;
        }
        final long firstNonce = NonceOrder.higher(next, used);
        final Event event =
                new Event.AccountOpened(
                        ports.ledger().accountCount(),
                        address.chain(),
                        address.bytes(),
                        firstNonce);
        ports.offers()
                .offer(
                        event,
                        outcome -> {
                            final int accountId = accountId(address);
                            if (accountId >= 0) {
                                LOG.info(
                                        "account {} opened at nonce {}",
                                        accountId,
                                        Long.toUnsignedString(firstNonce));
                                end(address, new OpenOutcome.Opened(accountId));
                            } else {
                                LOG.info("an account was not opened: {}", outcome);
                                end(address, new OpenOutcome.AskAgain());
                            }
                        });
    }

    private void end(final Address address, final OpenOutcome outcome) {
        final List<CompletableFuture<OpenOutcome>> waiting = opening.remove(address);
        if (waiting != null) {
            waiting.forEach(then -> then.complete(outcome));
        }
    }

    private int accountId(final Address address) {
        return ports.ledger().accountId(address.chain(), address.bytes());
    }

    private static OpenOutcome notOpened(final String reason) {
        return new OpenOutcome.NotOpened(reason);
    }

    private static <T> @Nullable T value(final Answer<T> answer) {
        return answer instanceof Answer.Told<T> told ? told.value() : null;
    }

    private static @Nullable Long highest(final List<@Nullable Long> nonces) {
        Long highest = null;
        for (final Long nonce : nonces) {
            if (nonce != null && (highest == null || NonceOrder.isBelow(highest, nonce))) {
                highest = nonce;
            }
        }
        return highest;
    }

    private static <T> String reasons(final List<Answer<T>> answers) {
        final StringBuilder reasons = new StringBuilder();
        for (final Answer<T> answer : answers) {
            if (answer instanceof Answer.NotTold<T> silent) {
                reasons.append(reasons.isEmpty() ? "" : "; ").append(silent.reason());
            }
        }
        return reasons.toString();
    }
}
