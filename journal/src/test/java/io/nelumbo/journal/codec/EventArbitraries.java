package io.nelumbo.journal.codec;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.journal.event.RequestId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Events of every kind with any values that the schema has room for. */
public final class EventArbitraries {

    private EventArbitraries() {}

    public static Arbitrary<EventBatch> batches() {
        return Combinators.combine(
                        longs(), longs(), longs(), events().list().ofMinSize(1).ofMaxSize(12))
                .as(EventBatch::new);
    }

    public static Arbitrary<Event> events() {
        return Arbitraries.oneOf(
                epochOpened(),
                accountOpened(),
                messageSequenced(),
                messageReplaced(),
                nonceFilled(),
                Combinators.combine(accountIds(), longs(), longs()).as(Event.NonceConfirmed::new),
                Combinators.combine(accountIds(), longs(), bytes(32))
                        .as(Event.MessageDisplaced::new),
                Combinators.combine(accountIds(), longs()).as(Event.NonceReorged::new),
                Combinators.combine(accountIds(), texts()).as(Event.LaneHalted::new),
                Combinators.combine(accountIds(), texts()).as(Event.LaneResumed::new),
                longs().map(Event.RequestIdsExpired::new),
                accountIds().map(Event.ClusterVersionRaised::new));
    }

    private static Arbitrary<Event> epochOpened() {
        return Combinators.combine(longs(), texts()).as(Event.EpochOpened::new);
    }

    private static Arbitrary<Event> accountOpened() {
        return Combinators.combine(
                        accountIds(), Arbitraries.of(ChainKind.class), variable(), longs())
                .as(Event.AccountOpened::new);
    }

    private static Arbitrary<Event> messageSequenced() {
        return Combinators.combine(
                        accountIds(),
                        longs(),
                        Combinators.combine(longs(), longs()).as(RequestId::new),
                        bytes(32),
                        bytes(8),
                        bytes(8),
                        variable(),
                        bytes(32))
                .as(Event.MessageSequenced::new);
    }

    private static Arbitrary<Event> messageReplaced() {
        return Combinators.combine(accountIds(), longs(), variable(), bytes(32), texts())
                .as(Event.MessageReplaced::new);
    }

    private static Arbitrary<Event> nonceFilled() {
        return Combinators.combine(accountIds(), longs(), variable(), bytes(32), texts())
                .as(Event.NonceFilled::new);
    }

    private static Arbitrary<Integer> accountIds() {
        return Arbitraries.integers().between(0, Integer.MAX_VALUE);
    }

    private static Arbitrary<Long> longs() {
        return Arbitraries.longs();
    }

    private static Arbitrary<byte[]> bytes(final int length) {
        return Arbitraries.bytes().array(byte[].class).ofSize(length);
    }

    private static Arbitrary<byte[]> variable() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ascii().withChars('é', '莲', ' ').ofMaxLength(40);
    }
}
