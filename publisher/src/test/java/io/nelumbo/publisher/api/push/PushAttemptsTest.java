package io.nelumbo.publisher.api.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.pipeline.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What one call comes to, answer by answer. */
final class PushAttemptsTest {
    private final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(2000, 1));

    @Test
    void shouldSayThatMessagesBehindARefusedOneMayBeCommittedI4() throws Exception {
        // given: the pipeline refuses the first only when the second is on its way already
        final List<PushAnswer> answers =
                List.of(
                        new PushAnswer.Refused("overloaded"),
                        new PushAnswer.Accepted(receipt()),
                        new PushAnswer.Unknown("leadership ended"),
                        new PushAnswer.NotLeading());
        // when
        final PushResult result = run(answers);
        // then
        assertThat(result.receipts()).isEmpty();
        assertThat(result.failure())
                .startsWith("overloaded; of the messages behind it 2 are committed or may be");
    }

    @Test
    void shouldNotSpeakOfMessagesBehindARefusedOneWhenNoneIsCommitted() throws Exception {
        final PushResult result =
                run(List.of(new PushAnswer.Refused("halted"), new PushAnswer.Refused("halted")));

        assertThat(result.failure()).isEqualTo("halted");
    }

    @Test
    void shouldNotSayThatNothingWasPublishedWhenAnEarlierAttemptMayBeInFlightI4() throws Exception {
        // given: the first attempt's answer is lost, the second one meets an empty purse
        final List<PushAnswer> answers = new ArrayList<>();
        answers.add(new PushAnswer.Unreached("no answer within 5 ms"));
        answers.add(new PushAnswer.Refused("getting balance: silent; nothing was published"));
        // when
        final PushResult result =
                new PushAttempts(
                                new PushCall(
                                        new byte[8],
                                        List.of(
                                                new MessagePush(
                                                        new RequestId(1, 2),
                                                        node.message(1),
                                                        PushSpec.NONE))),
                                call ->
                                        CompletableFuture.completedFuture(
                                                List.of(answers.remove(0))),
                                GatewayFixture.patience(2000, 1),
                                Runnable::run)
                        .run()
                        .get(20, TimeUnit.SECONDS);
        // then
        assertThat(result.failure())
                .startsWith(
                        "outcome unknown: no answer within 5 ms; another attempt was refused"
                                + " (getting balance: silent; it published nothing); the message"
                                + " may be committed or not, under request id ")
                .doesNotContain("nothing was published");
    }

    private PushResult run(final List<PushAnswer> answers) throws Exception {
        final List<Push> pushes =
                LongStream.range(0, answers.size())
                        .<Push>mapToObj(
                                i ->
                                        new MessagePush(
                                                new RequestId(1, i),
                                                node.message(1),
                                                PushSpec.NONE))
                        .toList();
        return new PushAttempts(
                        new PushCall(new byte[8], pushes),
                        call -> CompletableFuture.completedFuture(answers),
                        GatewayFixture.patience(2000, 1),
                        Runnable::run)
                .run()
                .get(20, TimeUnit.SECONDS);
    }

    private static Receipt receipt() {
        return new Receipt(0, 5, 9, 7, new byte[32], new byte[1]);
    }
}
