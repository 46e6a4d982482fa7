package io.nelumbo.publisher.publish;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Upstream.NonceAtHeight;
import io.nelumbo.publisher.publish.loop.Answer;
import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by the thread {@code publisher}: opens accounts, in one epoch, at the highest nonce that
 * any upstream would give next or has executed, if the upstreams can show how they come to it
 * ({@link FirstNonce} has the rule). Those that do not answer are not waited for beyond their
 * timeout; as many as {@code minUpstreams} must answer every question, for an opening cannot be
 * taken back. Calls for one address share one opening.
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
                                    executed -> told(address, upstreams, nexts, executed)));
        }
    }

    /** Ends the epoch: whoever waits is told to ask again. */
    void close() {
        List.copyOf(opening.keySet()).forEach(address -> end(address, new OpenOutcome.AskAgain()));
    }

    private void told(
            final Address address,
            final Upstreams upstreams,
            final List<Answer<Long>> nexts,
            final List<Answer<NonceAtHeight>> executed) {
        final Map<Integer, AccountView> views = new TreeMap<>();
        for (int i = 0; i < nexts.size(); i++) {
            final Long next = value(nexts.get(i));
            final NonceAtHeight used = value(executed.get(i));
            if (next != null && used != null) {
                final String name = upstreams.names().get(i);
                views.put(i, new AccountView(name, next, used.nonce(), List.of()));
            }
        }
        final int needed = Math.min(ports.options().confirming().minUpstreams(), upstreams.size());
        if (views.size() < needed) {
            end(
                    address,
                    notOpened(
                            "expected at least "
                                    + needed
                                    + " of "
                                    + upstreams.size()
                                    + " upstreams to tell the account's nonce but "
                                    + views.size()
                                    + " did: "
                                    + reasons(upstreams.names(), nexts, executed)));
        } else if (views.values().stream().noneMatch(AccountView::needsPending)) {
            judge(address, List.copyOf(views.values()));
        } else {
            // A whole pool is much to read: only where something has to be shown.
            upstreams.askAll(
                    upstream -> upstream.pendingNonces(address),
                    pending -> judge(address, shown(views, pending)));
        }
    }

    /** Whoever does not tell its pool shows nothing. */
    private static List<AccountView> shown(
            final Map<Integer, AccountView> views, final List<Answer<List<Long>>> pending) {
        final List<AccountView> shown = new ArrayList<>();
        views.forEach(
                (place, view) -> {
                    final List<Long> nonces = value(pending.get(place));
                    shown.add(nonces == null ? view : view.withPending(nonces));
                });
        return shown;
    }

    private void judge(final Address address, final List<AccountView> views) {
        if (!opening.containsKey(address)) {
            return;
        }
        final FirstNonce judged = FirstNonce.of(views);
        if (judged instanceof FirstNonce.Agreed agreed) {
            openAt(address, agreed.nonce());
        } else {
            final String why = ((FirstNonce.Disputed) judged).why();
            LOG.warn("an account was not opened: {}", why);
            end(address, notOpened(why));
        }
    }

    private void openAt(final Address address, final long firstNonce) {
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

    private static String reasons(
            final List<String> names,
            final List<Answer<Long>> nexts,
            final List<Answer<NonceAtHeight>> executed) {
        final List<String> reasons = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (nexts.get(i) instanceof Answer.NotTold<Long> silent) {
                reasons.add(names.get(i) + ": " + silent.reason());
            } else if (executed.get(i) instanceof Answer.NotTold<NonceAtHeight> silent) {
                reasons.add(names.get(i) + ": " + silent.reason());
            }
        }
        return String.join("; ", reasons);
    }
}
