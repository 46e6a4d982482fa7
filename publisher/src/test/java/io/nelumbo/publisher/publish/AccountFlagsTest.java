package io.nelumbo.publisher.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class AccountFlagsTest {

    private final AccountFlags flags = new AccountFlags();

    @Test
    void shouldHandOverEachRaisedFlagOnce() {
        // given
        for (final int account : List.of(3, 0, 64, 3, 5_000, 63)) {
            flags.raise(account);
        }
        final List<Integer> taken = new ArrayList<>();
        // when
        flags.takeDown(taken::add);
        flags.takeDown(taken::add);
        // then
        assertThat(taken).containsExactly(0, 3, 63, 64, 5_000);
    }

    @Test
    void shouldLoseNoFlagWhileItGrowsUnderTheTaker() {
        // given
        final int accounts = 200_000;
        final BitSet taken = new BitSet();
        final CountDownLatch started = new CountDownLatch(1);
        final Thread raiser =
                new Thread(
                        () -> {
                            started.countDown();
                            for (int account = 0; account < accounts; account++) {
                                flags.raise(account);
                            }
                        });
        // when
        raiser.start();
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    started.await();
                    while (raiser.isAlive()) {
                        flags.takeDown(taken::set);
                    }
                    flags.takeDown(taken::set);
                });
        // then
        assertThat(taken.cardinality()).isEqualTo(accounts);
    }
}
