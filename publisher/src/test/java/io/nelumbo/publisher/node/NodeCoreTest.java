package io.nelumbo.publisher.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.api.KeysHere;
import io.nelumbo.publisher.api.NodeHealth;
import io.nelumbo.publisher.api.upstream.UpstreamState;
import io.nelumbo.statemachine.raft.RaftStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeCoreTest {
    private static final KeysHere KEYS = new KeysHere(false, 0, List.of());
    private static final List<UpstreamState> UPSTREAMS =
            List.of(new UpstreamState("http://chain:1234", true, 7, 0, false, ""));

    @Test
    void shouldTellOfTheReplicaWhatItSaysOfItself() {
        assertThat(NodeCore.health(status(true), KEYS, UPSTREAMS))
                .isEqualTo(new NodeHealth("peer-a", "FOLLOWER", 41, true, 7, KEYS, UPSTREAMS));
    }

    @Test
    void shouldNotCallTheJournalCompleteWhileRecordsAreMissing_I7() {
        assertThat(NodeCore.health(status(false), KEYS, UPSTREAMS))
                .isEqualTo(new NodeHealth("peer-a", "FOLLOWER", 41, false, 7, KEYS, UPSTREAMS));
    }

    private static RaftStatus status(final boolean journalComplete) {
        return new RaftStatus(
                "FOLLOWER", 3, "peer-a", false, 41, 42, journalComplete, 7, List.of());
    }
}
