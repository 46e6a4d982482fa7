package io.nelumbo.publisher.publish;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by the thread {@code publisher}: opens accounts, in one epoch, at the highest nonce that
 * any upstream would give next or has executed, if as many as {@code minUpstreams} tell it, and can
 * show how they come to it ({@link FirstNonce} has the rule, {@link FirstNonceSearch} asks). It
 * cannot be taken back. Calls for one address share one opening.
 */
final class AccountOpening {

    private static final Logger LOG = LoggerFactory.getLogger(AccountOpening.class);

    /** Accounts that may be opening at one time. */
    private static final int MAX_OPENING = 1_024;

    /** Callers that may wait for one account. */
    private static final int MAX_WAITING = 16_384;

    private final Ports ports;
    private final Map<Address, Opening> opening = new HashMap<>();

    /** One account, and who waits for it. */
    private record Opening(FirstNonceSearch search, List<CompletableFuture<OpenOutcome>> waiting) {}

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
        final Opening shared = opening.get(address);
        if (shared != null && shared.waiting().size() >= MAX_WAITING) {
            then.complete(notOpened(MAX_WAITING + " callers wait for this account already"));
        } else if (shared != null) {
            shared.waiting().add(then);
        } else if (upstreams == null || upstreams.size() == 0) {
            then.complete(notOpened("no upstream is configured for " + address.chain()));
        } else if (opening.size() >= MAX_OPENING) {
            then.complete(notOpened(MAX_OPENING + " accounts are being opened already"));
        } else {
            final FirstNonceSearch search =
                    new FirstNonceSearch(
                            address, upstreams, ports, found -> judged(address, found));
            opening.put(address, new Opening(search, new ArrayList<>(List.of(then))));
            search.ask();
        }
    }

    /** Ends the epoch: whoever waits is told to ask again. */
    void close() {
        List.copyOf(opening.keySet()).forEach(address -> end(address, new OpenOutcome.AskAgain()));
    }

    private void judged(final Address address, final FirstNonce found) {
        if (found instanceof FirstNonce.Agreed agreed) {
            if (!agreed.unheard().isEmpty()) {
                LOG.warn("an account is being opened: {}", agreed.unheard());
            }
            openAt(address, agreed.nonce());
        } else {
            final String why = ((FirstNonce.Disputed) found).why();
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
        final Opening ended = opening.remove(address);
        if (ended != null) {
            ended.search().close();
            ended.waiting().forEach(then -> then.complete(outcome));
        }
    }

    private int accountId(final Address address) {
        return ports.ledger().accountId(address.chain(), address.bytes());
    }

    private static OpenOutcome notOpened(final String reason) {
        return new OpenOutcome.NotOpened(reason);
    }
}
