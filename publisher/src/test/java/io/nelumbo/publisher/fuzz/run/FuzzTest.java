package io.nelumbo.publisher.fuzz.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.fuzz.Door;
import io.nelumbo.publisher.fuzz.Mutator;
import io.nelumbo.publisher.fuzz.Visit;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A short look at every way in, from a new seed each time; {@code -Dfuzz.seed} repeats one, {@code
 * -Dfuzz.ms} looks for longer. {@link FuzzCampaign} is the long look.
 */
final class FuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final long EACH_MS = Long.getLong("fuzz.ms", 60);

    /** Less than any thread of a node has. */
    private static final int STACK_BYTES = 512 << 10;

    private static final long MAX_MS = 60_000;
    private static final int BOMB_BYTES = 8 << 10;

    @TempDir static Path folder;

    static List<Door> doors() {
        return Doors.all(folder);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void shouldTakeItsSamples(final Door door) throws Exception {
        for (final byte[] sample : door.samples()) {
            onASmallStack(() -> assertThat(new Visit(door).with(sample)).isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void shouldTakeOrRefuseWhatIsAlmostRight(final Door door) throws Exception {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EACH_MS);
        final Mutator mutator = new Mutator(door.samples(), new Random(SEED));
        final Visit visit = new Visit(door);

        onASmallStack(
                () -> {
                    int visits = 0;
                    do {
                        final byte[] bytes = mutator.next();
                        visits++;
                        try {
                            visit.with(bytes);
                        } catch (final AssertionError broken) {
                            throw new AssertionError("seed " + SEED + ", visit " + visits, broken);
                        }
                    } while (System.nanoTime() < endNs);
                });
    }

    @ParameterizedTest
    @MethodSource("doors")
    void shouldNotGiveWayToTheSameThingOverAndOver(final Door door) throws Exception {
        final Visit visit = new Visit(door);

        for (final byte[] bomb : bombs().toList()) {
            onASmallStack(() -> visit.with(bomb));
        }
    }

    private static Stream<byte[]> bombs() {
        return Stream.concat(
                        Stream.of(
                                        "[", "{\"a\":", "a.", "a=[", "\"", "9", "-", "/", ",", "\n",
                                        " ", "\0")
                                .map(text -> text.getBytes(UTF_8)),
                        Stream.of(0x81, 0x9f, 0x5b, 0xa1, 0xff)
                                .map(one -> new byte[] {one.byteValue()}))
                .map(FuzzTest::repeated);
    }

    private static byte[] repeated(final byte[] part) {
        final byte[] bomb = new byte[BOMB_BYTES];
        for (int i = 0; i < bomb.length; i++) {
            bomb[i] = part[i % part.length];
        }
        return bomb;
    }

    private static void onASmallStack(final Runnable work) throws InterruptedException {
        final AtomicReference<Throwable> broken = new AtomicReference<>();
        final Thread thread = new Thread(null, work, "fuzz", STACK_BYTES);
        thread.setUncaughtExceptionHandler((where, failure) -> broken.set(failure));
        thread.setDaemon(true);
        thread.start();
        thread.join(MAX_MS);
        if (thread.isAlive()) {
            final AssertionError stuck = new AssertionError("still at it after " + MAX_MS + " ms");
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        }
        if (broken.get() != null) {
            throw new AssertionError(broken.get());
        }
    }
}
