package io.nelumbo.publisher.publish.proof;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Upstream.Landing;
import io.nelumbo.publisher.chain.Upstream.NonceAtHeight;
import io.nelumbo.publisher.publish.loop.Answer;
import io.nelumbo.publisher.publish.port.NonceOrder;
import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Owned by the thread {@code publisher}: finds out who used a nonce, by asking every upstream for
 * every hash that was ever committed for it (DESIGN §7).
 *
 * <p>One upstream that has seen our message land is enough to say landed. To say displaced, which
 * cannot be taken back, every upstream must answer, must have executed the nonce at confidence
 * depth before it was asked for hashes, must know none of them, and must show that its history
 * reaches back to where the nonce was unused ({@link HistoryCheck}: a pruned node knows none
 * either); and all that twice, some time apart. Anything less is "cannot tell".
 */
public final class Investigation {

    private final int accountId;
    private final Address address;
    private final Upstreams upstreams;
    private final Ports ports;
    private final HistoryCheck history;

    public Investigation(final Account account, final Upstreams upstreams, final Ports ports) {
        this.accountId = account.id();
        this.address = new Address(account.chain(), account.address());
        this.upstreams = upstreams;
        this.ports = ports;
        this.history =
                new HistoryCheck(address, upstreams, ports.options().confirming().confidence());
    }

    /** Finds out; the verdict comes in a later turn. */
    public void begin(final OutboxMessage message, final Consumer<Verdict> then) {
        new Sighting(
                        message,
                        first -> {
                            if (first instanceof Verdict.Displaced) {
                                ports.loop()
                                        .after(
                                                ports.options().confirming().interval().toNanos(),
                                                () -> lookAgain(message.nonce(), then));
                            } else {
                                then.accept(first);
                            }
                        })
                .begin();
    }

    /** With the message as it is now: it may have been replaced in the meantime. */
    private void lookAgain(final long nonce, final Consumer<Verdict> then) {
        final OutboxMessage message = ports.ledger().message(accountId, nonce);
        if (message == null) {
            then.accept(new Verdict.CannotTell("the nonce was settled in the meantime"));
        } else {
            new Sighting(message, then).begin();
        }
    }

    /** One look around. */
    private final class Sighting {
        private final OutboxMessage message;
        private final Consumer<Verdict> then;
        private final List<byte[]> hashes = new ArrayList<>();
        private byte[] foreignHash = new byte[32];
        private int asked;

        Sighting(final OutboxMessage message, final Consumer<Verdict> then) {
            this.message = message;
            this.then = then;
            hashes.add(message.hash());
            hashes.addAll(message.formerHashes());
        }

        void begin() {
            final int confidence = ports.options().confirming().confidence();
            upstreams.askAll(u -> u.executedNonce(address, confidence), this::executedTold);
        }

        /** The hashes are looked up whatever is told here: landed needs no depth. */
        private void executedTold(final List<Answer<NonceAtHeight>> answers) {
            String doubt = answers.isEmpty() ? "there is no upstream" : "";
            for (final Answer<NonceAtHeight> answer : answers) {
                if (answer instanceof Answer.Told<NonceAtHeight> told) {
                    if (!NonceOrder.isBelow(message.nonce(), told.value().nonce())) {
                        doubt =
                                "an upstream has executed only up to nonce "
                                        + Long.toUnsignedString(told.value().nonce())
                                        + ", exclusive";
                    }
                } else if (answer instanceof Answer.NotTold<NonceAtHeight> silent) {
                    doubt = silent.reason();
                }
            }
            askNextHash(doubt);
        }

        private void askNextHash(final String doubt) {
            if (asked == hashes.size()) {
                if (doubt.isEmpty()) {
                    history.begin(message.nonce(), this::noneFound);
                } else {
                    noneFound(doubt);
                }
                return;
            }
            final byte[] hash = hashes.get(asked++);
            upstreams.askAll(
                    u -> u.find(hash).thenApply(Optional::ofNullable),
                    answers -> landingsTold(answers, doubt));
        }

        /** The history is asked for last: what is not pruned now was not pruned before either. */
        private void noneFound(final String doubt) {
            then.accept(
                    doubt.isEmpty()
                            ? new Verdict.Displaced(foreignHash)
                            : new Verdict.CannotTell(
                                    "nonce "
                                            + Long.toUnsignedString(message.nonce())
                                            + " is used, but "
                                            + doubt));
        }

        private void landingsTold(
                final List<Answer<Optional<Landing>>> answers, final String before) {
            String doubt = before;
            for (final Answer<Optional<Landing>> answer : answers) {
                if (answer instanceof Answer.Told<Optional<Landing>> told) {
                    if (told.value().isPresent()) {
                        final byte[] landed = told.value().get().hash();
                        if (isOurs(message, landed)) {
                            then.accept(new Verdict.Landed());
                            return;
                        }
                        foreignHash = landed;
                    }
                } else if (answer instanceof Answer.NotTold<Optional<Landing>> silent) {
                    doubt = silent.reason();
                }
            }
            askNextHash(doubt);
        }
    }

    /** Whether a hash is one that was committed for the message's nonce. */
    static boolean isOurs(final OutboxMessage message, final byte[] hash) {
        return Arrays.equals(message.hash(), hash)
                || message.formerHashes().stream().anyMatch(former -> Arrays.equals(former, hash));
    }
}
