package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.statemachine.ledger.LedgerView.Answered;
import io.nelumbo.statemachine.ledger.LedgerView.AnsweredRequest;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import io.nelumbo.statemachine.ledger.RandomBatches.Draft;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** The ledger beside a reference that is obviously right (I1, I2, I4, I6, I9). */
final class LedgerPropertyTest {

    /** Small bounds, so that random runs reach them. */
    static final LedgerLimits SMALL = new LedgerLimits(6, 12, 1000, 1000, 3, 3);

    private static int applied;
    private static int rejected;

    @Provide
    Arbitrary<List<Draft>> drafts() {
        return RandomBatches.drafts();
    }

    @AfterContainer
    static void shouldHaveSeenBothSides() {
        assertThat(applied).as("applied").isGreaterThan(rejected);
        assertThat(rejected).as("rejected").isGreaterThan(applied / 10);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void shouldDecideAndAnswerAsTheReferenceDoes(@ForAll("drafts") final List<Draft> drafts) {
        final Ledger ledger = new Ledger(SMALL);
        final ReferenceLedger reference = new ReferenceLedger(SMALL);
        open(ledger, reference);

        for (final Draft draft : drafts) {
            final EventBatch batch = RandomBatches.batch(draft, reference);
            final byte[] before = ledger.digest();
            final ApplyOutcome outcome = TestCluster.apply(ledger, batch.epoch(), batch);
            final boolean expected = reference.apply(batch.epoch(), batch);

            assertThat(outcome instanceof ApplyOutcome.Applied)
                    .as("%s of %s", outcome, batch)
                    .isEqualTo(expected);
            if (expected) {
                applied++;
                assertSame(ledger, reference);
            } else {
                rejected++;
                assertThat(ledger.digest()).as("after %s", outcome).isEqualTo(before);
            }
        }
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void shouldBeTheSameI8WhenAnotherLedgerAppliesTheSameBatches(
            @ForAll("drafts") final List<Draft> drafts) {
        final Ledger one = new Ledger(SMALL);
        final Ledger other = new Ledger(SMALL);
        for (final EventBatch batch : batches(drafts)) {
            TestCluster.apply(one, batch.epoch(), batch);
            TestCluster.apply(other, batch.epoch(), batch);
            assertThat(one.digest()).isEqualTo(other.digest());
        }
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void shouldBeTheSameI7WhenItWasRestoredInBetween(@ForAll("drafts") final List<Draft> drafts) {
        final Ledger whole = new Ledger(SMALL);
        Ledger restored = new Ledger(SMALL);
        final List<EventBatch> batches = batches(drafts);
        for (int n = 0; n < batches.size(); n++) {
            final EventBatch batch = batches.get(n);
            final ApplyOutcome expected = TestCluster.apply(whole, batch.epoch(), batch);
            final ApplyOutcome outcome = TestCluster.apply(restored, batch.epoch(), batch);
            assertThat(outcome).isEqualTo(expected);
            if (n % 7 == 3) {
                restored = StateBytes.copyOf(restored, SMALL);
            }
            assertThat(restored.digest()).isEqualTo(whole.digest());
        }
    }

    static void open(final Ledger ledger, final ReferenceLedger reference) {
        for (final EventBatch batch : opening()) {
            TestCluster.apply(ledger, 1, batch);
            reference.apply(1, batch);
        }
    }

    private static List<EventBatch> opening() {
        return List.of(
                new EventBatch(1, 0, 1, List.of(Events.epoch(1))),
                new EventBatch(1, 1, 2, List.of(Events.account(0, 0), Events.account(1, 1))));
    }

    private static List<EventBatch> batches(final List<Draft> drafts) {
        final ReferenceLedger reference = new ReferenceLedger(SMALL);
        final List<EventBatch> batches = new ArrayList<>(opening());
        batches.forEach(batch -> reference.apply(1, batch));
        for (final Draft draft : drafts) {
            final EventBatch batch = RandomBatches.batch(draft, reference);
            reference.apply(batch.epoch(), batch);
            batches.add(batch);
        }
        return batches;
    }

    private static void assertSame(final Ledger ledger, final ReferenceLedger reference) {
        assertThat(ledger.epoch()).isEqualTo(reference.epoch);
        assertThat(ledger.nextSequence()).isEqualTo(reference.nextSequence);
        assertThat(ledger.lastTimestampNs()).isEqualTo(reference.lastTimestampNs);
        assertThat(ledger.ageNs()).isEqualTo(reference.ageNs);
        assertThat(ledger.clusterVersion()).isEqualTo(reference.version);
        assertThat(ledger.requestIdsExpiredBefore()).isEqualTo(reference.expiredBefore);
        assertThat(ledger.accountCount()).isEqualTo(reference.accounts.size());
        long pending = 0;
        long bytes = 0;
        for (int accountId = 0; accountId < reference.accounts.size(); accountId++) {
            final ReferenceLedger.Account account = reference.accounts.get(accountId);
            assertSame(ledger, accountId, account);
            pending += account.pending();
            bytes +=
                    account.messages.values().stream().mapToLong(m -> m.signedBytes().length).sum();
        }
        assertThat(ledger.unconfirmedMessages()).isEqualTo(pending);
        assertThat(ledger.outboxBytes()).isEqualTo(bytes);
        assertSame(ledger, reference.requests);
    }

    private static void assertSame(
            final Ledger ledger, final int accountId, final ReferenceLedger.Account account) {
        assertThat(ledger.account(accountId))
                .usingRecursiveComparison()
                .isEqualTo(
                        new LedgerView.Account(
                                accountId,
                                account.chain,
                                account.address,
                                account.first,
                                account.next,
                                account.confirmed,
                                account.haltReason));
        assertThat(ledger.accountId(ChainKind.FILECOIN, account.address)).isEqualTo(accountId);
        assertThat(ledger.nextNonce(accountId)).isEqualTo(account.next);
        assertThat(ledger.reorgFloor(accountId)).isEqualTo(account.kept);
        final List<OutboxMessage> unconfirmed = new ArrayList<>();
        for (long nonce = account.kept - 2; nonce < account.next + 2; nonce++) {
            final OutboxMessage expected = account.messages.get(nonce);
            assertThat(text(ledger.message(accountId, nonce))).isEqualTo(text(expected));
            if (expected != null && nonce >= account.confirmed) {
                unconfirmed.add(expected);
            }
        }
        assertThat(ledger.unconfirmed(accountId, 0, 1000, 1 << 20).stream().map(m -> text(m)))
                .isEqualTo(unconfirmed.stream().map(m -> text(m)).toList());
    }

    private static void assertSame(final Ledger ledger, final Map<RequestId, Answered> requests) {
        assertThat(ledger.requestIdCount()).isEqualTo(requests.size());
        final Set<RequestId> known = new HashSet<>();
        for (int seed = 0; seed <= 400; seed++) {
            final RequestId id = Events.requestId(seed);
            if (ledger.isAnswered(id.high(), id.low())) {
                known.add(id);
            }
        }
        assertThat(known).isEqualTo(requests.keySet());
        requests.forEach(
                (id, expected) -> assertThat(text(ledger.answered(id))).isEqualTo(text(expected)));
        assertThat(ledger.answeredFrom(0, 1000).stream().map(AnsweredRequest::requestId))
                .containsExactlyElementsOf(requests.keySet());
    }

    private static String text(final OutboxMessage message) {
        return message == null
                ? "none"
                : message.nonce()
                        + " by "
                        + message.sequence()
                        + (message.filled() ? " filled " : " ")
                        + Arrays.hashCode(message.signedBytes())
                        + " "
                        + Arrays.hashCode(message.hash())
                        + " "
                        + Arrays.deepHashCode(message.formerHashes().toArray());
    }

    private static String text(final Answered answered) {
        return answered == null
                ? "none"
                : answered.accountId()
                        + " "
                        + answered.nonce()
                        + " by "
                        + answered.sequence()
                        + " "
                        + Arrays.hashCode(answered.requestHash());
    }
}
