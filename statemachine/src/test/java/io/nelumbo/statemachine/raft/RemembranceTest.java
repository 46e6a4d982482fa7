package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose silence counts before an empty folder is formatted, and whose does not (I5). */
final class RemembranceTest {

    private static final PeerReply SEEN = new PeerReply.Told(new byte[] {1});
    private static final PeerReply NOT_SEEN = new PeerReply.Told(new byte[] {0});
    private static final PeerReply UNREADY = new PeerReply.Unready("no leader yet");
    private static final PeerReply ABSENT = new PeerReply.Absent("refused");

    private final Map<String, Deque<PeerReply>> replies = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    @Test
    void shouldPassOverWhoIsNotThereAtOnce() throws FolderRefused {
        // given
        replies("a", ABSENT);
        replies("b", ABSENT);

        // when, then
        assertThat(remembrance(Duration.ofHours(1)).hasBeenSeen()).isFalse();
        assertThat(asked).containsExactly("a", "b");
    }

    @Test
    void shouldAskAgainWhoCannotTellYetAndOnlyThose() throws FolderRefused {
        // given
        replies("a", UNREADY, SEEN);
        replies("b", NOT_SEEN);

        // when, then
        assertThat(remembrance(Duration.ofHours(1)).hasBeenSeen()).isTrue();
        assertThat(asked).containsExactly("a", "b", "a");
    }

    @Test
    void shouldRefuseWhenWhoIsThereCannotTellWithinTheBound() {
        // given
        replies("a", UNREADY, UNREADY);
        replies("b", NOT_SEEN);

        // when, then
        assertThatThrownBy(() -> remembrance(Duration.ofNanos(1)).hasBeenSeen())
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining("a: no leader yet")
                .hasMessageContaining("nothing was formatted");
    }

    private void replies(final String peer, final PeerReply... inTurn) {
        replies.put(peer, new ArrayDeque<>(List.of(inTurn)));
    }

    private Remembrance remembrance(final Duration bound) {
        return new Remembrance(
                List.of("a", "b"),
                peer -> {
                    asked.add(peer);
                    return replies.get(peer).remove();
                },
                bound);
    }
}
