package io.nelumbo.publisher.api.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.publish.OpenOutcome;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever opens accounts is not made to work for those who asked. */
final class AccountDoorTest {
    private final Queue<Runnable> elsewhere = new ArrayDeque<>();
    private final CompletableFuture<OpenOutcome> opening = new CompletableFuture<>();
    private final AccountDoor door =
            new AccountDoor(new CommittedLog().ledger(), sender -> opening, elsewhere::add);

    @Test
    void shouldGoOnElsewhereWhenTheAccountIsOpen() {
        // given
        final CompletableFuture<Integer> open = door.open(FilecoinAddress.ofId(7).account());

        // when: on the thread that opened it
        opening.complete(new OpenOutcome.Opened(3));

        // then
        assertThat(open).isNotDone();
        elsewhere.remove().run();
        assertThat(open).isCompletedWithValue(3);
    }
}
