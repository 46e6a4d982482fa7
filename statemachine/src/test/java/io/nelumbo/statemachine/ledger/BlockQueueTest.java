package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;

final class BlockQueueTest {

    private record Held(long position, byte[] bytes) {}

    private final BlockArena arena = new BlockArena();

    @Property(tries = 100)
    void shouldGiveBackWhatWasPutInWhenQueuesShareTheArena(
            @ForAll @Size(min = 20, max = 200) final List<@IntRange(max = 9000) Integer> lengths) {
        // given: three queues over one arena, appended to in turn, the oldest released
        final List<BlockQueue> queues = new ArrayList<>();
        final List<Deque<Held>> held = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            queues.add(new BlockQueue(arena));
            held.add(new ArrayDeque<>());
        }

        // when
        for (int n = 0; n < lengths.size(); n++) {
            append(queues.get(n % 3), held.get(n % 3), lengths.get(n));
            if (lengths.get(n) % 2 == 0) {
                release(queues.get(n % 3), held.get(n % 3));
            }
        }

        // then
        for (int n = 0; n < 3; n++) {
            for (final Held bytes : held.get(n)) {
                assertThat(queues.get(n).bytes(bytes.position, bytes.bytes.length))
                        .isEqualTo(bytes.bytes);
            }
        }
    }

    @Example
    void shouldReserveNoMoreWhenBlocksComeBack() {
        // given
        final BlockQueue queue = new BlockQueue(arena);
        final Deque<Held> held = new ArrayDeque<>();
        append(queue, held, 5000);
        final long reserved = arena.reservedBytes();

        // when
        for (int n = 0; n < 10_000; n++) {
            append(queue, held, 5000);
            release(queue, held);
        }

        // then
        assertThat(arena.reservedBytes()).isEqualTo(reserved);
    }

    private static void append(final BlockQueue queue, final Deque<Held> held, final int length) {
        final byte[] bytes = new byte[length];
        for (int n = 0; n < length; n++) {
            bytes[n] = (byte) (length + n * 31);
        }
        final long position = queue.append(length);
        assertThat(position % BlockQueue.ALIGNMENT).isZero();
        queue.putBytes(position, new UnsafeBuffer(bytes), 0, length);
        held.addLast(new Held(position, bytes));
    }

    private static void release(final BlockQueue queue, final Deque<Held> held) {
        held.removeFirst();
        queue.releaseBefore(held.isEmpty() ? queue.end() : held.getFirst().position);
    }
}
