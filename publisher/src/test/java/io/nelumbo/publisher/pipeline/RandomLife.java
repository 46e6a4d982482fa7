package io.nelumbo.publisher.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.publisher.pipeline.PublishOutcome.OutcomeUnknown;
import io.nelumbo.publisher.pipeline.PublishOutcome.Published;
import io.nelumbo.publisher.pipeline.PublishOutcome.WrongNonce;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline's life from a seed: clients that repeat themselves, keys that fail, commands that do
 * or do not fit, leadership that comes and goes at any step, and in-flight batches that survive it
 * or not. One thread.
 */
final class RandomLife {

    private static final int ACCOUNTS = 4;
    private static final int IDS = 60;
    private static final int RETRIES = 12;

    /** One call of a client, and what came of it. */
    private record Call(
            PublishRequest request, String text, CompletableFuture<PublishOutcome> outcome) {}

    private final Random random;
    private final SimulatedPipeline life;
    private final List<Call> calls = new ArrayList<>();
    private final List<CompletableFuture<Commands.CommandOutcome>> offers = new ArrayList<>();

    RandomLife(final long seed) {
        random = new Random(seed);
        life =
                new SimulatedPipeline(
                        new PipelineOptions(
                                1 << (3 + random.nextInt(4)),
                                WaitStrategyName.BLOCKING,
                                1,
                                1024 + random.nextInt(1024),
                                1 + random.nextInt(48),
                                1 + random.nextInt(4),
                                1 << 20,
                                1 << 30));
    }

    SimulatedPipeline pipeline() {
        return life;
    }

    List<Event> events() {
        return life.replica.journal().stream().flatMap(batch -> batch.events().stream()).toList();
    }

    /** Lives for so many steps, then lets everything come to rest, and clients retry. */
    void live(final int steps) {
        openAccounts();
        for (int n = 0; n < steps; n++) {
            step();
        }
        for (int n = 0; n < RETRIES && retry(); n++) {
            settle();
        }
        settle();
    }

    private void openAccounts() {
        life.leadAndOpen();
        for (int account = 0; account < ACCOUNTS; account++) {
            offers.add(life.offer(Requests.open(account, random.nextInt(3))));
        }
        life.runAll();
    }

    private void step() {
        life.setWallClock(1_000 + random.nextInt(1_000));
        life.letPass(random.nextInt(1_000));
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3, 4 -> publish();
            case 5, 6 -> offer();
            case 7, 8, 9 -> life.sequenceNext();
            case 10, 11, 12 -> life.signNext();
            case 13, 14, 15 -> life.replicateNext();
            case 16 -> life.flush();
            case 17 -> life.runControl();
            case 18, 19 -> life.answer();
            case 20, 21 -> life.replica.commit();
            case 22 -> life.runStages();
            default -> leadership();
        }
    }

    private void leadership() {
        switch (random.nextInt(10)) {
            case 0 -> life.lose(random.nextInt(life.replica.uncommitted() + 1));
            case 1 -> life.replica.loseSight();
            case 2 -> moveOnWithoutSayingSo();
            default -> {
                if (!life.replica.leads()) {
                    life.lead();
                }
            }
        }
    }

    /** Raft lost and won the leadership again, and the pipeline hears of the new term only. */
    private void moveOnWithoutSayingSo() {
        life.replica.lose(random.nextInt(life.replica.uncommitted() + 1));
        life.lead();
    }

    private void publish() {
        final int id = random.nextInt(IDS);
        final int account = id % ACCOUNTS;
        // Now and then the same id comes with another message.
        final String text = "m" + id + (random.nextInt(12) == 0 ? "!" : "");
        final int failures = random.nextInt(6) == 0 ? 1 + random.nextInt(2) : 0;
        call(
                Requests.request(
                        id,
                        account,
                        text,
                        isSignedAlready(id)
                                ? signedAlready(id, text)
                                : TestDraft.failing(account, text, failures)),
                text);
    }

    /** A third of the messages bring their nonce: one that will be the next at some time. */
    private static boolean isSignedAlready(final long id) {
        return id % 3 == 0;
    }

    private static TestDraft signedAlready(final long id, final String text) {
        return TestDraft.signed((int) (id % ACCOUNTS), text, id / ACCOUNTS);
    }

    private void call(final PublishRequest request, final String text) {
        calls.add(new Call(request, text, life.publish(request)));
    }

    private void offer() {
        final int account = random.nextInt(ACCOUNTS);
        final LedgerView.Account now = life.replica.ledger().account(account);
        final long near = now.nextNonce() - 2 + random.nextInt(4);
        final byte[] hash = new byte[32];
        final byte[] bytes = {1, 2, 3};
        offers.add(
                life.offer(
                        switch (random.nextInt(12)) {
                            case 0, 1, 2 -> new Event.NonceConfirmed(account, near, 1);
                            case 3 -> new Event.MessageDisplaced(account, near, hash);
                            case 4 -> new Event.NonceReorged(account, near - random.nextInt(3));
                            case 5 -> new Event.LaneHalted(account, "why not");
                            case 6, 7, 8 -> new Event.LaneResumed(account, "go on");
                            case 9 -> new Event.MessageReplaced(account, near, bytes, hash, "fee");
                            case 10 -> new Event.NonceFilled(account, near, bytes, hash, "bad");
                            default -> anyOther();
                        }));
    }

    private Event anyOther() {
        final long next = life.replica.ledger().nextSequence();
        return switch (random.nextInt(5)) {
            case 0 -> Requests.open(random.nextInt(ACCOUNTS + 3), 5);
            case 1 -> new Event.RequestIdsExpired(0);
            case 2 -> new Event.ClusterVersionRaised(random.nextInt(3));
            case 3 -> new Event.EpochOpened(next, "me");
            default -> new Event.LaneHalted(ACCOUNTS + random.nextInt(20), "who");
        };
    }

    /** Calls again, as a client would, for every id without a receipt; false if there is none. */
    private boolean retry() {
        settle();
        final Map<Long, Boolean> published = new HashMap<>();
        for (final Call call : calls) {
            published.merge(
                    call.request().requestId().low(),
                    call.outcome().join() instanceof Published,
                    Boolean::logicalOr);
        }
        published.values().removeIf(done -> done);
        published
                .keySet()
                .forEach(
                        id -> {
                            final int account = (int) (id % ACCOUNTS);
                            final String text = "m" + id;
                            call(
                                    isSignedAlready(id)
                                            ? Requests.request(
                                                    id, account, text, signedAlready(id, text))
                                            : Requests.request(id, account, text),
                                    text);
                        });
        return !published.isEmpty();
    }

    /** A stable leader, running lanes, and everything that was under way arrives. */
    private void settle() {
        life.runAll();
        if (!life.isOpen()) {
            life.replica.lose(0);
            life.leadAndOpen();
        }
        for (int account = 0; account < ACCOUNTS; account++) {
            offers.add(life.offer(new Event.LaneResumed(account, "settle")));
            life.runAll();
        }
        assertThat(calls).allMatch(call -> call.outcome().isDone());
        assertThat(offers).allMatch(CompletableFuture::isDone);
    }

    /** I1, I2, I4 over the journal and over what every client was told. */
    void check() {
        assertThat(life.faults).as("broken invariants").isEmpty();
        assertThat(life.replica.rejections()).as("batches rejected (I6)").isEmpty();
        final Map<Long, Receipt> receipts = committed();
        final Set<Long> mayBeCommitted = new HashSet<>();
        for (final Call call : calls) {
            final long id = call.request().requestId().low();
            if (call.outcome().join() instanceof WrongNonce wrong) {
                assertThat(isSignedAlready(id) && wrong.expected() != id / ACCOUNTS)
                        .as(call.text() + " was refused for its nonce: " + wrong)
                        .isTrue();
            }
            if (mayBeCommitted(call.outcome().join())) {
                mayBeCommitted.add(id);
            }
            if (call.outcome().join() instanceof Published published) {
                checkReceipt(call, published.receipt(), receipts.get(id));
            }
        }
        assertThat(mayBeCommitted)
                .as("committed although every call was told that it was not")
                .containsAll(receipts.keySet());
    }

    private static void checkReceipt(
            final Call call, final Receipt told, final @Nullable Receipt committed) {
        if (committed == null || !Requests.same(told, committed)) {
            throw new AssertionError(
                    "expected the receipt " + committed + " (I4) but a client was told " + told);
        }
        if (!Arrays.equals(told.signedBytes(), TestDraft.signedBytes(call.text(), told.nonce()))) {
            throw new AssertionError("expected what was asked for, " + call + ", but was " + told);
        }
    }

    private static boolean mayBeCommitted(final PublishOutcome outcome) {
        return outcome instanceof Published || outcome instanceof OutcomeUnknown;
    }

    private static void checkSignedAt(final Event.MessageSequenced message) {
        final String signed = new String(message.signedBytes(), UTF_8);
        if (!signed.endsWith("@" + message.nonce())) {
            throw new AssertionError("expected it signed at its nonce but was " + signed);
        }
    }

    /** What the journal says of each request id, checking that the lanes have no gap. */
    private Map<Long, Receipt> committed() {
        final Map<Long, Receipt> receipts = new HashMap<>();
        final Map<Integer, Long> next = new HashMap<>();
        for (final EventBatch batch : life.replica.journal()) {
            long sequence = batch.firstSequence();
            for (final Event event : batch.events()) {
                if (event instanceof Event.AccountOpened open) {
                    next.put(open.accountId(), open.firstNonce());
                } else if (event instanceof Event.MessageDisplaced displaced) {
                    next.computeIfPresent(
                            displaced.accountId(),
                            (id, head) -> displaced.nonce() == head ? head + 1 : head);
                } else if (event instanceof Event.MessageSequenced message) {
                    final long expected = next.merge(message.accountId(), 1L, Long::sum) - 1;
                    if (message.nonce() != expected) {
                        throw new AssertionError("expected nonce " + expected + " (I1): " + event);
                    }
                    checkSignedAt(message);
                    final Receipt receipt = Requests.receipt(message, sequence, batch.epoch());
                    if (receipts.put(message.requestId().low(), receipt) != null) {
                        throw new AssertionError("expected one commit (I4): " + event);
                    }
                }
                sequence++;
            }
        }
        return receipts;
    }
}
