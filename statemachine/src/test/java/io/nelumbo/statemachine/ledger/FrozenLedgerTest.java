package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.statemachine.ledger.RandomBatches.Draft;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * I7, I8: what is written of a frozen ledger is the ledger of that moment, whatever is applied
 * before it is written; and the live one is none the worse for it.
 */
final class FrozenLedgerTest {

    @Property(tries = 300)
    void shouldWriteTheMomentWhenMoreIsAppliedBeforeItIsWritten(
            @ForAll("drafts") final List<Draft> before, @ForAll("drafts") final List<Draft> after) {
        // given
        final Ledger ledger = new Ledger(LedgerPropertyTest.SMALL);
        final Ledger undisturbed = new Ledger(LedgerPropertyTest.SMALL);
        final ReferenceLedger reference = new ReferenceLedger(LedgerPropertyTest.SMALL);
        LedgerPropertyTest.open(undisturbed, new ReferenceLedger(LedgerPropertyTest.SMALL));
        LedgerPropertyTest.open(ledger, reference);
        for (final Draft draft : before) {
            apply(draft, reference, ledger, undisturbed);
        }
        final byte[] moment = StateBytes.of(ledger);

        // when: all that changes no held message goes on, the first one that does would wait
        final FrozenLedger frozen = ledger.freeze();
        byte[] written = null;
        for (final Draft draft : after) {
            final EventBatch batch = RandomBatches.batch(draft, reference);
            if (written == null && batch.events().stream().anyMatch(FrozenLedgerTest::mayWait)) {
                written = bytes(frozen);
                frozen.close();
            }
            apply(draft, reference, ledger, undisturbed);
        }
        if (written == null) {
            written = bytes(frozen);
            frozen.close();
        }

        // then
        assertThat(written).isEqualTo(moment);
        assertThat(ledger.digest()).isEqualTo(undisturbed.digest());
    }

    @Example
    void shouldWriteTheMomentWhenMuchIsConfirmedExpiredAndAddedMeanwhile() {
        // given
        final TestCluster cluster = TestCluster.withAccounts(3);
        int seed = addMessages(cluster, 0, 3000);
        cluster.with(Events.replaced(1, 7, seed++), Events.filled(2, 9, seed++));
        final byte[] moment = StateBytes.of(cluster.ledger());

        // when
        final FrozenLedger frozen = cluster.ledger().freeze();
        seed = addMessages(cluster, seed, 9000);
        cluster.with(Events.confirmed(0, 2900), Events.confirmed(1, 2900));
        cluster.with(Events.confirmed(2, 2900));
        cluster.with(Events.expired(cluster.ledger().nextSequence() - 100));
        cluster.with(Events.account(3, 5), Events.halted(0, "meanwhile"));
        addMessages(cluster, seed, 3000);

        // then
        assertThat(bytes(frozen)).isEqualTo(moment);
        frozen.close();
        final byte[] live = cluster.ledger().digest();
        assertThat(StateBytes.copyOf(cluster.ledger(), LedgerLimits.CLUSTER).digest())
                .isEqualTo(live);
    }

    @Example
    void shouldGiveBackWhatWaitedSoThatMemoryStaysAsItWas() {
        // given: a steady state, and how much memory it takes
        final TestCluster cluster = TestCluster.withAccounts(1);
        int seed = confirmAndAdd(cluster, 0);
        for (int round = 0; round < 4; round++) {
            seed = confirmAndAdd(cluster, seed);
        }

        // when: again and again something is held for a round
        for (int round = 0; round < 3; round++) {
            final FrozenLedger frozen = cluster.ledger().freeze();
            seed = confirmAndAdd(cluster, seed);
            frozen.close();
            seed = confirmAndAdd(cluster, seed);
        }
        final long reserved = cluster.ledger().reservedBytes();
        for (int round = 0; round < 6; round++) {
            final FrozenLedger frozen = cluster.ledger().freeze();
            seed = confirmAndAdd(cluster, seed);
            frozen.close();
            seed = confirmAndAdd(cluster, seed);
        }

        // then
        assertThat(cluster.ledger().reservedBytes()).isEqualTo(reserved);
    }

    @Example
    void shouldGiveBackWhatWaitedWhenEachBatchReleasesMuch_I10() {
        // given: a backlog of 40 MB that a frozen ledger held back
        final TestCluster cluster =
                TestCluster.withAccounts(new Ledger(new LedgerLimits(1, 999, 999, 999, 1, 1)), 1);
        final FrozenLedger frozen = cluster.ledger().freeze();
        int seed = 0;
        for (int round = 0; round < 10; round++) {
            seed = addAndConfirmFourMegabytes(cluster, seed);
        }
        frozen.close();

        // when: each batch takes and releases four megabytes
        for (int round = 0; round < 15; round++) {
            seed = addAndConfirmFourMegabytes(cluster, seed);
        }
        final long reserved = cluster.ledger().reservedBytes();
        for (int round = 0; round < 15; round++) {
            seed = addAndConfirmFourMegabytes(cluster, seed);
        }

        // then
        assertThat(cluster.ledger().reservedBytes()).isEqualTo(reserved);
    }

    @Example
    void shouldWaitBeforeItChangesAMessageThatIsBeingWritten() {
        // given
        final TestCluster cluster = TestCluster.withAccounts(1);
        addMessages(cluster, 0, 10);
        final byte[] moment = StateBytes.of(cluster.ledger());
        final FrozenLedger frozen = cluster.ledger().freeze();

        // when
        final Thread replacing =
                new Thread(() -> cluster.with(Events.replaced(0, 3, 77)), "replacing");
        replacing.start();
        awaitWaiting(replacing);
        final byte[] written = bytes(frozen);
        assertThat(cluster.ledger().message(0, 3).formerHashes()).isEmpty();
        frozen.close();
        join(replacing);

        // then
        assertThat(written).isEqualTo(moment);
        assertThat(cluster.ledger().message(0, 3).formerHashes()).hasSize(1);
    }

    @Example
    void shouldWriteWithoutRestsOnceTheLiveLedgerWaits() {
        // given: a writer that would rest for a day
        final TestCluster cluster = TestCluster.withAccounts(1);
        addMessages(cluster, 0, 10);
        final FrozenLedger frozen = cluster.ledger().freeze();
        final Thread writer =
                new Thread(
                        () -> {
                            frozen.restUnlessAwaited(TimeUnit.DAYS.toNanos(1));
                            frozen.close();
                        },
                        "writer");
        writer.setDaemon(true);
        writer.start();

        // when
        final Thread replacing =
                new Thread(() -> cluster.with(Events.replaced(0, 3, 77)), "replacing");
        replacing.setDaemon(true);
        replacing.start();

        // then
        join(replacing);
        join(writer);
        assertThat(cluster.ledger().message(0, 3).formerHashes()).hasSize(1);
    }

    @Example
    void shouldWaitForTheWriterWhenTooMuchWouldHaveBeenGivenBack_I10() {
        // given: a frozen ledger that may hold back 16 KiB, and holds back more
        final LedgerLimits limits = new LedgerLimits(1, 99_999, 99_999, 99_999, 1, 1);
        final TestCluster cluster = TestCluster.withAccounts(new Ledger(limits, 16), 1);
        addMessages(cluster, 0, 100);
        final byte[] moment = StateBytes.of(cluster.ledger());
        final FrozenLedger frozen = cluster.ledger().freeze();
        cluster.with(Events.confirmed(0, 100));

        // when
        final Thread next = new Thread(() -> addMessages(cluster, 100, 1), "next");
        next.start();
        awaitWaiting(next);

        // then
        assertThat(bytes(frozen)).isEqualTo(moment);
        assertThat(cluster.ledger().nextNonce(0)).isEqualTo(100);
        frozen.close();
        join(next);
        assertThat(cluster.ledger().nextNonce(0)).isEqualTo(101);
    }

    @Example
    void shouldWriteTheMomentOnAnotherThreadWhileEverythingGrows() throws InterruptedException {
        // given
        final TestCluster cluster = TestCluster.withAccounts(3);
        int seed = addMessages(cluster, 0, 600);
        final byte[] moment = StateBytes.of(cluster.ledger());
        final long reserved = cluster.ledger().reservedBytes();
        final FrozenLedger frozen = cluster.ledger().freeze();
        final Semaphore chunks = new Semaphore(0);
        final Semaphore goOn = new Semaphore(0);
        final AtomicBoolean written = new AtomicBoolean();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final Thread writer =
                new Thread(
                        () -> {
                            frozen.writeTo(
                                    new StateWriter(
                                            (chunk, offset, length) -> {
                                                bytes.write(chunk, offset, length);
                                                chunks.release();
                                                goOn.acquireUninterruptibly();
                                            }));
                            written.set(true);
                            chunks.release();
                        },
                        "writer");

        // when: after each chunk more is applied, in turn before the next one and beside it
        writer.start();
        chunks.acquire();
        for (int round = 0; !written.get(); round++) {
            final boolean beside = round % 2 == 1;
            if (beside) {
                goOn.release();
            }
            seed = growAndRelease(cluster, seed);
            if (!beside) {
                goOn.release();
            }
            chunks.acquire();
        }
        join(writer);
        frozen.close();

        // then: rings, slabs and the list of accounts have grown under the writer
        assertThat(bytes.toByteArray()).isEqualTo(moment);
        assertThat(cluster.ledger().reservedBytes()).isGreaterThan(2 * reserved);
        assertThat(cluster.ledger().accountCount()).isGreaterThan(32);
        assertThat(StateBytes.copyOf(cluster.ledger(), LedgerLimits.CLUSTER).digest())
                .isEqualTo(cluster.ledger().digest());
    }

    /** Opens an account with a message, adds to three others, confirms one and expires ids. */
    private static int growAndRelease(final TestCluster cluster, final int seed) {
        final int accountId = cluster.ledger().accountCount();
        cluster.with(Events.account(accountId, 0), Events.message(accountId, 0, seed));
        final int next = addMessages(cluster, seed + 1, 90);
        cluster.with(Events.confirmed(0, cluster.ledger().nextNonce(0)));
        cluster.with(Events.expired(cluster.ledger().nextSequence() - 50));
        return next;
    }

    @Provide
    Arbitrary<List<Draft>> drafts() {
        return RandomBatches.drafts();
    }

    private static void apply(
            final Draft draft, final ReferenceLedger reference, final Ledger... ledgers) {
        final EventBatch batch = RandomBatches.batch(draft, reference);
        for (final Ledger ledger : ledgers) {
            TestCluster.apply(ledger, batch.epoch(), batch);
        }
        reference.apply(batch.epoch(), batch);
    }

    private static boolean mayWait(final Event event) {
        return event instanceof Event.MessageReplaced
                || event instanceof Event.NonceFilled
                || event instanceof Event.MessageDisplaced;
    }

    private static int confirmAndAdd(final TestCluster cluster, final int seed) {
        final int next = addMessages(cluster, seed, 2000);
        final Ledger ledger = cluster.ledger();
        cluster.with(Events.confirmed(0, ledger.nextNonce(0)));
        cluster.with(Events.expired(ledger.nextSequence()));
        return next;
    }

    private static int addMessages(final TestCluster cluster, final int seed, final int count) {
        int next = seed;
        for (int n = 0; n < count; n++) {
            final int accountId = n % Math.min(3, cluster.ledger().accountCount());
            cluster.with(Events.message(accountId, cluster.ledger().nextNonce(accountId), next++));
        }
        return next;
    }

    private static int addAndConfirmFourMegabytes(final TestCluster cluster, final int seed) {
        final int count = 4_000_000 / LedgerLimits.MAX_SIGNED_BYTES;
        final long next = cluster.ledger().nextNonce(0);
        final Event[] events = new Event[count + 2];
        for (int n = 0; n < count; n++) {
            events[n] =
                    new Event.MessageSequenced(
                            0,
                            next + n,
                            Events.requestId(seed + n),
                            new byte[32],
                            new byte[8],
                            new byte[8],
                            new byte[LedgerLimits.MAX_SIGNED_BYTES],
                            Events.hash("message", seed + n));
        }
        events[count] = Events.confirmed(0, next + count);
        events[count + 1] = Events.expired(cluster.ledger().nextSequence());
        cluster.with(events);
        return seed + count;
    }

    private static void awaitWaiting(final Thread thread) {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(thread.isAlive()).isTrue();
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static void join(final Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).as("%s goes on", thread.getName()).isFalse();
    }

    private static byte[] bytes(final FrozenLedger frozen) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frozen.writeTo(new StateWriter(bytes::write));
        return bytes.toByteArray();
    }
}
