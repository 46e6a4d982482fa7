package io.nelumbo.publisher.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.client.stream.StreamClient;
import io.nelumbo.publisher.client.stream.StreamOptions;
import io.nelumbo.publisher.client.stream.StreamReply;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The door and its Java client, over loopback. */
final class StreamServerTest {

    @Test
    void shouldAnswerEachMessageOfABatchWithItsReceipt() throws Exception {
        try (StreamFixture door = new StreamFixture()) {
            // given
            final StreamClient client = door.client("sign");
            final StreamFixture.Collected replies = new StreamFixture.Collected();

            // when
            client.send(StreamFixture.messages(1000), replies);

            // then
            final List<StreamFixture.Replied> all = replies.next(1000);
            assertThat(all)
                    .allSatisfy(
                            replied -> {
                                final StreamReply.Published receipt =
                                        (StreamReply.Published) replied.reply();
                                assertThat(receipt.nonce()).isEqualTo(replied.index());
                                assertThat(receipt.sequence()).isEqualTo(replied.index() + 100);
                                assertThat(receipt.epoch()).isEqualTo(7);
                                assertThat(receipt.cid()).hasSize(38);
                                assertThat(receipt.signedMessage()).isEmpty();
                            });
            assertThat(replies.isEmpty()).isTrue();
        }
    }

    @Test
    void shouldReturnTheSignedMessageWhenAskedFor() throws Exception {
        try (StreamFixture door = new StreamFixture()) {
            final StreamClient client =
                    door.client("sign", StreamOptions.standard().returningSigned());
            final StreamReply reply =
                    client.publish(StreamFixture.messages(3).get(2)).get(20, TimeUnit.SECONDS);
            assertThat(((StreamReply.Published) reply).signedMessage()).containsExactly(2);
        }
    }

    @Test
    void shouldAnswerInTheOrderInWhichMessagesAreDecided() throws Exception {
        try (StreamFixture door = new StreamFixture()) {
            // given
            door.desk.holding();
            final StreamFixture.Collected replies = new StreamFixture.Collected();
            door.client("sign").send(StreamFixture.messages(2), replies);
            final FakeDesk.Held first = door.desk.held.poll(20, TimeUnit.SECONDS);
            final FakeDesk.Held second = door.desk.held.poll(20, TimeUnit.SECONDS);

            // when
            second.publish(0);
            assertThat(replies.next().index()).isEqualTo(1);
            first.publish(1);

            // then
            assertThat(replies.next().index()).isEqualTo(0);
        }
    }
}
