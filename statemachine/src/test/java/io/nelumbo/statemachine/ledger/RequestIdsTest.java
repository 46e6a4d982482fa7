package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.statemachine.ledger.LedgerView.Answered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;

/** The open-addressing table beside a map: ids that collide, expiry, growth. */
final class RequestIdsTest {

    private final RequestIds ids = new RequestIds(new BlockArena());
    private final Map<RequestId, Long> reference = new LinkedHashMap<>();
    private long sequence;

    @Property(tries = 50)
    void shouldAnswerAsAMapDoesWhenIdsComeAndExpire(
            @ForAll @Size(max = 400) final List<@IntRange(max = 40) Integer> steps) {
        for (final int step : steps) {
            if (step == 40) {
                expireBefore(sequence - sequence % 97 / 2);
            } else {
                add(40 + step);
            }
        }
        assertSame();
    }

    @Example
    void shouldKeepAllFindableWhenTheTableGrowsAndEmpties() {
        add(50_000);
        expireBefore(49_000);
        assertSame();
        add(3_000);
        expireBefore(sequence);
        assertThat(ids.count()).isZero();
        add(10);
        assertSame();
    }

    private void add(final int count) {
        for (int n = 0; n < count; n++) {
            final RequestId id = new RequestId(sequence / 3, sequence % 3);
            ids.add(id.high(), id.low(), sequence);
            ids.answer((int) sequence, -sequence, new UnsafeBuffer(hash(sequence)));
            reference.put(id, sequence);
            sequence++;
        }
    }

    private void expireBefore(final long before) {
        if (before > ids.expiredBefore()) {
            ids.expireBefore(before);
            reference.values().removeIf(added -> added < before);
        }
    }

    private void assertSame() {
        assertThat(ids.count()).isEqualTo(reference.size());
        for (long n = 0; n < sequence; n++) {
            final RequestId id = new RequestId(n / 3, n % 3);
            final Long added = reference.get(id);
            if (ids.isKnown(id.high(), id.low(), 0) != (added != null)) {
                throw new AssertionError("expected " + id + " of " + added);
            }
            if (added != null && n % 13 == 0) {
                final Answered answered = Objects.requireNonNull(ids.answered(id));
                assertThat(answered.sequence()).isEqualTo(added);
                assertThat(answered.accountId()).isEqualTo((int) added.longValue());
                assertThat(answered.nonce()).isEqualTo(-added);
                assertThat(answered.requestHash()).isEqualTo(hash(added));
            }
        }
        assertThat(ids.isKnown(-1, -1, 0)).isFalse();
    }

    private static byte[] hash(final long sequence) {
        return Events.hash("request", (int) sequence);
    }
}
