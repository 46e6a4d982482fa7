package io.nelumbo.publisher.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.publish.port.PublishOptions;
import io.nelumbo.statemachine.ledger.LedgerView;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the test: sees every push of every node before its upstream does, and fails at the first
 * that must not be. The bytes of a nonce are remembered over all nodes and all time.
 */
public final class PushChecker {

    private record Nonce(int account, long nonce) {}

    private final Map<Nonce, ByteBuffer> bytesOf = new HashMap<>();
    private long pushed;

    /** Messages pushed so far, every repetition counted. */
    long pushed() {
        return pushed;
    }

    /** Bytes of a nonce may change from now on: they were replaced by a committed event. */
    public void allowReplacement(final int account, final long nonce) {
        bytesOf.remove(new Nonce(account, nonce));
    }

    /** The same upstream, watched; for the node that has this ledger. */
    Upstream watching(
            final Upstream upstream, final LedgerView ledger, final PublishOptions.Pushing limits) {
        return new Upstream() {
            @Override
            public String name() {
                return upstream.name();
            }

            @Override
            public CompletableFuture<List<PushOutcome>> push(final List<byte[]> signedMessages) {
                check(signedMessages, ledger, limits);
                return upstream.push(signedMessages);
            }

            @Override
            public CompletableFuture<Long> nextNonce(final Address account) {
                return upstream.nextNonce(account);
            }

            @Override
            public CompletableFuture<List<Long>> pendingNonces(final Address account) {
                return upstream.pendingNonces(account);
            }

            @Override
            public CompletableFuture<NonceAtHeight> executedNonce(
                    final Address account, final int depth) {
                return upstream.executedNonce(account, depth);
            }

            @Override
            public CompletableFuture<@Nullable Landing> find(final byte[] hash) {
                return upstream.find(hash);
            }

            @Override
            public CompletableFuture<Long> headHeight() {
                return upstream.headHeight();
            }
        };
    }

    private void check(
            final List<byte[]> signedMessages,
            final LedgerView ledger,
            final PublishOptions.Pushing limits) {
        pushed += signedMessages.size();
        assertThat(signedMessages).isNotEmpty().hasSizeLessThanOrEqualTo(limits.maxPushMessages());
        long before = -1;
        int account = -1;
        for (final byte[] bytes : signedMessages) {
            final TestMessage message = TestMessage.of(bytes);
            final int id =
                    ledger.accountId(
                            io.nelumbo.journal.event.ChainKind.FILECOIN,
                            TestMessage.address(message.account()));
            final OutboxMessage applied = ledger.message(id, message.nonce());
            assertThat(applied).as("I3: %s is applied where it is pushed", message).isNotNull();
            assertThat(bytes).as("I3: as applied").isEqualTo(applied.signedBytes());
            assertThat(
                            bytesOf.computeIfAbsent(
                                    new Nonce(message.account(), message.nonce()),
                                    nonce -> ByteBuffer.wrap(bytes)))
                    .as("I2: %s has its bytes for ever", message)
                    .isEqualTo(ByteBuffer.wrap(bytes));
            assertThat(message.nonce()).as("ascending").isGreaterThan(before);
            assertThat(account == -1 || account == message.account()).as("one lane").isTrue();
            assertThat(message.nonce())
                    .as("I10: within the window")
                    .isGreaterThanOrEqualTo(ledger.account(id).confirmedNonce())
                    .isLessThan(ledger.account(id).confirmedNonce() + limits.windowMessages());
            before = message.nonce();
            account = message.account();
        }
    }
}
