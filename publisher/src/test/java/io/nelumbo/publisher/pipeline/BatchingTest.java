package io.nelumbo.publisher.pipeline;

import static io.nelumbo.publisher.pipeline.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.EventBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Natural batching: what has arrived goes, up to the bounds. */
final class BatchingTest {

    private final SimulatedPipeline pipeline = SimulatedPipeline.leadingWith(1);
    private final int batchesBefore = pipeline.replica.journal().size();

    @Test
    void shouldSendOneMessageAtOnceWhenIdle() {
        // when
        publish(1, 1);
        pipeline.runStages();

        // then
        assertThat(pipeline.replica.uncommitted()).isEqualTo(1);
    }

    @Test
    void shouldSendWhatHasArrivedInBatchesOfBoundedLength() {
        // when
        publish(1, 20);
        pipeline.runAll();

        // then
        assertThat(batchSizes()).containsExactly(8, 8, 4);
    }

    @Test
    void shouldSplitBatchesAtTheByteBound() {
        // when
        for (int id = 0; id < 6; id++) {
            pipeline.publish(request(id, 0, "x".repeat(1500)));
        }
        pipeline.runAll();

        // then
        assertThat(batchSizes()).containsExactly(2, 2, 2);
    }

    @Test
    void shouldKeepCollectingWhileEveryPlaceIsTaken() {
        // given
        for (int id = 0; id < 4; id++) {
            publish(id, 1);
            pipeline.runStages();
        }

        // when
        publish(10, 3);
        pipeline.runStages();
        publish(20, 3);
        pipeline.runStages();

        // then
        assertThat(pipeline.replica.uncommitted()).as("in flight").isEqualTo(4);
        pipeline.runAll();
        assertThat(batchSizes()).containsExactly(1, 1, 1, 1, 6);
    }

    @Test
    void shouldCollectWhileASmallBatchIsInFlight() {
        // given: below two events a batch is small
        final SimulatedPipeline roomy = SimulatedPipeline.leadingWith(1, 32);
        roomy.publish(request(1, 0, "m1"));
        roomy.runStages();

        // when
        roomy.publish(request(2, 0, "m2"));
        roomy.runStages();

        // then
        assertThat(roomy.replica.uncommitted()).as("in flight").isEqualTo(1);

        // and when: it has grown
        roomy.publish(request(3, 0, "m3"));
        roomy.runStages();

        // then
        assertThat(roomy.replica.uncommitted()).as("in flight").isEqualTo(2);
        roomy.runAll();
        assertThat(roomy.messages(0)).containsExactly("m1@0", "m2@1", "m3@2");
    }

    @Test
    void shouldSendASmallBatchOnceNoneIsInFlight() {
        // given
        final SimulatedPipeline roomy = SimulatedPipeline.leadingWith(1, 32);
        roomy.publish(request(1, 0, "m1"));
        roomy.runStages();
        final var second = roomy.publish(request(2, 0, "m2"));
        roomy.runStages();

        // when
        roomy.runAll();

        // then
        assertThat(second).isCompletedWithValueMatching(PublishOutcome.Published.class::isInstance);
    }

    private void publish(final int firstId, final int count) {
        for (int id = firstId; id < firstId + count; id++) {
            pipeline.publish(request(id, 0, "m" + id));
        }
    }

    private List<EventBatch> newBatches() {
        final List<EventBatch> all = pipeline.replica.journal();
        return all.subList(batchesBefore, all.size());
    }

    private List<Integer> batchSizes() {
        return newBatches().stream().map(batch -> batch.events().size()).toList();
    }
}
