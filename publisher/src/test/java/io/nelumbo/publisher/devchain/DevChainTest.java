package io.nelumbo.publisher.devchain;

import static io.nelumbo.publisher.devchain.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DevChainTest {
    private final DevChain chain = new DevChain(DevChainOptions.every(1_000));

    @Test
    void shouldTellTheHeadAndEachChangeOfIt() {
        final DevChain chain = new DevChain(DevChainOptions.every(1));
        chain.mine(1);
        final List<String> told = new ArrayList<>();
        final Runnable end =
                chain.onHeadChange(
                        change -> told.add(change.type().text() + " " + change.tipset().height()));
        chain.mine(2);
        chain.mine(3);
        chain.reorg(2);
        end.run();
        chain.mine(4);

        assertThat(told).containsExactly("current 1", "apply 2", "apply 3", "revert 3", "revert 2");
    }

    @Test
    void shouldShowExecutionOneTipsetAfterInclusion() {
        chain.push(message("a", 0));

        chain.mine(1);
        assertThat(chain.head().nonces()).doesNotContainKey("a");
        chain.mine(2);
        assertThat(chain.head().nonces()).containsEntry("a", 1L);
    }

    @Test
    void shouldLeaveMessagesBehindAHoleInThePool() {
        chain.push(message("a", 1));

        chain.mine(1);

        assertThat(chain.landed("a", 1)).isNull();
        chain.push(message("a", 0));
        chain.mine(2);
        assertThat(chain.landed("a", 1)).isNotNull();
        assertThat(chain.nextNonce("a")).isEqualTo(2);
    }

    @Test
    void shouldMineTheMessagesAgainWhenAReorganisationUndidThem() {
        chain.push(message("a", 0));
        chain.mine(1);
        final String before = chain.head().key();

        chain.reorg(1);

        assertThat(chain.landed("a", 0)).isNull();
        assertThat(chain.nextNonce("a")).isEqualTo(1);
        chain.mine(2);
        assertThat(chain.landed("a", 0)).isNotNull();
        assertThat(chain.head().key()).isNotEqualTo(before);
        assertThat(chain.head().height()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAReorganisationBelowGenesis() {
        chain.mine(1);

        assertThatThrownBy(() -> chain.reorg(2)).isInstanceOf(IllegalArgumentException.class);
        assertThat(chain.head().height()).isEqualTo(1);
    }

    @Test
    void shouldReportRewrittenBytesWhenASlotReceivedTwoMessages() {
        chain.remember(message("a", 0, 100));
        chain.remember(message("a", 0, 100));
        chain.remember(message("a", 1, 100));
        assertThat(chain.report().rewritten()).isEmpty();

        chain.remember(message("a", 0, 200));

        assertThat(chain.report().rewritten())
                .containsExactly(
                        new RewrittenSlot("a", 0, java.util.List.of("a/0@100", "a/0@200")));
        assertThat(chain.report().pushes()).isEqualTo(4);
    }
}
