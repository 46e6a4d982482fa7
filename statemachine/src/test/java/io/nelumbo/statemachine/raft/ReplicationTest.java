package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplicationTest {

    @TempDir Path folder;

    @Test
    void shouldKeepLedgersAndJournalsIdenticalAndInSubmitOrder_I7() throws IOException {
        try (TestCluster cluster = TestCluster.start(folder)) {
            // given
            final TestSequencer sequencer = cluster.openEpoch();

            // when
            final List<CompletableFuture<SubmitOutcome>> inFlight = new ArrayList<>();
            for (int n = 0; n < 200; n++) {
                inFlight.add(sequencer.messages(1 + n % 3));
            }

            // then
            inFlight.forEach(TestCluster::expectCommitted);
            final List<Long> indexes =
                    inFlight.stream()
                            .map(CompletableFuture::join)
                            .map(outcome -> ((SubmitOutcome.Committed) outcome).raftIndex())
                            .toList();
            assertThat(indexes).isSortedAccordingTo(Comparator.naturalOrder());
            cluster.expectIdenticalReplicas(2 + 399);
        }
    }
}
