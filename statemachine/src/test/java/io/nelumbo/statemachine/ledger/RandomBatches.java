package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Batches that are mostly right and sometimes wrong in one thing. A step is a handful of small
 * numbers, which are made an event only when its turn comes, because what is right depends on the
 * state; so failing runs shrink.
 */
final class RandomBatches {

    /**
     * @param kind which event
     * @param account which account, mostly an open one
     * @param distance how far from what would be right; mostly 0
     * @param seed which request id and bytes; small, so that they repeat
     */
    record Step(int kind, int account, int distance, int seed) {}

    /** The events of a batch, and what is wrong with its header, mostly nothing. */
    record Draft(List<Step> steps, int headerFault) {}

    /** A distance: meant to be right, and kept even if it is not. */
    private static final int STUBBORN = 7;

    private static final int RARE_KINDS = 14;
    private static final int KINDS = 30;

    private RandomBatches() {}

    static Arbitrary<List<Draft>> drafts() {
        final Arbitrary<Integer> distances =
                Arbitraries.frequencyOf(
                        Tuple.of(28, Arbitraries.just(0)),
                        Tuple.of(1, Arbitraries.just(STUBBORN)),
                        Tuple.of(2, uniform(-6, 6)));
        final Arbitrary<Step> steps =
                Combinators.combine(
                                uniform(0, KINDS - 1), uniform(0, 4), distances, uniform(0, 400))
                        .as(Step::new);
        final Arbitrary<Draft> drafts =
                Combinators.combine(steps.list().ofMinSize(1).ofMaxSize(6), uniform(0, 60))
                        .as(Draft::new);
        return drafts.list().ofMinSize(20).ofMaxSize(80);
    }

    /**
     * The batch that a draft comes to in a state. A step that was meant to be right but is not (to
     * resume a lane that runs) is left out.
     */
    static EventBatch batch(final Draft draft, final ReferenceLedger state) {
        final ReferenceLedger after = state.copy();
        final List<Event> events = new ArrayList<>();
        for (final Step step : draft.steps()) {
            final Event event = event(step, after);
            final boolean isRight =
                    after.follows(event)
                            && (events.isEmpty() || !(event instanceof Event.EpochOpened));
            if (isRight || step.distance() != 0) {
                events.add(event);
            }
        }
        if (events.isEmpty()) {
            events.add(Events.epoch(state.epoch + 1));
        }
        final boolean opens = events.get(0) instanceof Event.EpochOpened;
        final int fault = draft.headerFault();
        return new EventBatch(
                (opens ? state.epoch + 1 : state.epoch) + (fault == 1 ? 1 : fault == 2 ? -1 : 0),
                state.nextSequence + (fault == 3 ? 1 : fault == 4 ? -1 : 0),
                state.lastTimestampNs + (fault == 5 ? 0 : 700_000_000L),
                opens && fault != 6 ? events.subList(0, 1) : events);
    }

    private static Event event(final Step step, final ReferenceLedger state) {
        final int accounts = state.accounts.size();
        final int accountId = accounts == 0 ? 0 : step.account() % accounts;
        final int named = accountId + (step.distance() == 6 ? 3 : 0);
        final int wrong = step.distance() == STUBBORN ? 0 : step.distance();
        final int seed = step.seed();
        final long next = accounts == 0 ? 0 : state.accounts.get(accountId).next;
        final long confirmed = accounts == 0 ? 0 : state.accounts.get(accountId).confirmed;
        final long open = Math.max(1, next - confirmed);
        final long pending = Math.max(0, confirmed + seed % open + wrong);
        return switch (step.kind() < RARE_KINDS ? step.kind() : -1) {
            case 0 -> Events.epoch(state.epoch + 1 + wrong);
            case 1, 2 -> account(step, accounts);
            case 3 -> Events.replaced(named, pending, seed);
            case 4 -> Events.filled(named, pending, seed);
            case 5, 6, 7 -> Events.confirmed(named, pending + 1);
            case 8 -> Events.displaced(named, seed % 2 == 0 ? pending : Math.max(0, next + wrong));
            case 9 -> Events.reorged(named, Math.max(0, confirmed - 1 - seed % 5 + wrong));
            case 10 -> Events.halted(named, "halt " + seed);
            case 11 -> Events.resumed(named);
            case 12 -> Events.expired(Math.max(0, state.nextSequence - seed % 40 + wrong));
            case 13 -> Events.version(1 + (seed + wrong + 6) % 4);
            default -> Events.message(named, Math.max(0, next + wrong), seed);
        };
    }

    /** One in five tries an address that may have an account already. */
    private static Event account(final Step step, final int accounts) {
        final int accountId =
                step.distance() == STUBBORN ? accounts : Math.max(0, accounts + step.distance());
        final int address = step.seed() % 5 == 0 ? step.seed() % (accounts + 1) : accounts;
        return new Event.AccountOpened(
                accountId, ChainKind.FILECOIN, Events.address(address), accounts);
    }

    /** Without the small numbers that jqwik likes best. */
    private static Arbitrary<Integer> uniform(final int min, final int max) {
        return Arbitraries.integers()
                .between(min, max)
                .withDistribution(RandomDistribution.uniform());
    }
}
