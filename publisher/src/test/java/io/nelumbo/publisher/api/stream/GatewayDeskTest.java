package io.nelumbo.publisher.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.api.push.GatewayFixture;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.stream.v1.Refusal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** From a stream to the gateway of a node and back; accounts open at nonce 5. */
final class GatewayDeskTest {
    private final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(2000, 0));
    private final StreamDesk.Line line =
            new GatewayDesk(node.gateway)
                    .open(new Caller(Set.of("sign"), GatewayFixture.PRINCIPAL));

    @Test
    void shouldPublishUnderTheClientsRequestIdAndPrincipal() throws Exception {
        final List<StreamOutcome> outcomes =
                publish(
                        unsigned(1, node.message(1).encode()),
                        unsigned(1, node.message(1).encode()));

        assertThat(published(outcomes.get(0)).receipt().nonce()).isEqualTo(5);
        assertThat(published(outcomes.get(1)).receipt().sequence())
                .isEqualTo(published(outcomes.get(0)).receipt().sequence());
        assertThat(node.requests.peek().requestId()).isEqualTo(id(1));
        assertThat(node.requests.peek().principal()).isEqualTo(GatewayFixture.PRINCIPAL);
    }

    @Test
    void shouldPublishWhatItsSenderSigned() throws Exception {
        final Signing.Signed signed =
                (Signing.Signed)
                        FilecoinDraft.of(
                                        node.message(1, 100_000)
                                                .withGas(
                                                        100_000,
                                                        BigInteger.valueOf(200),
                                                        BigInteger.TEN),
                                        node.key)
                                .sign(5);

        final StreamOutcome outcome =
                publish(new StreamItem(1, false, null, new StreamItem.Signed(signed.bytes())))
                        .get(0);

        assertThat(published(outcome).receipt().signedBytes()).isEqualTo(signed.bytes());
    }

    @Test
    void shouldRefuseWhatIsNoMessageAndPublishWhatStandsBesideIt() throws Exception {
        final byte[] whole = node.message(1).encode();

        final List<StreamOutcome> outcomes =
                publish(
                        unsigned(1, Arrays.copyOf(whole, whole.length - 1)),
                        unsigned(2, whole),
                        new StreamItem(3, false, null, new StreamItem.Signed(whole)));

        assertThat(refused(outcomes.get(0)).code()).isEqualTo(Refusal.Code.MALFORMED);
        assertThat(refused(outcomes.get(0)).text()).endsWith("; nothing was published");
        assertThat(published(outcomes.get(1)).receipt().nonce()).isEqualTo(5);
        assertThat(refused(outcomes.get(2)).code()).isEqualTo(Refusal.Code.MALFORMED);
    }

    @Test
    void shouldGiveEachRefusalItsCodeAndTheIdToRepeatItUnder() throws Exception {
        // given
        node.script.add(request -> new PublishOutcome.RequestIdReused("another message"));
        node.script.add(request -> new PublishOutcome.Overloaded("ring", 10));
        node.script.add(request -> new PublishOutcome.LaneHalted("by hand"));
        node.script.add(request -> new PublishOutcome.NotSigned("no"));
        node.script.add(request -> new PublishOutcome.TooLarge(9, 8));
        node.script.add(request -> new PublishOutcome.OutcomeUnknown("leadership was lost"));

        // when
        final StreamItem[] items = new StreamItem[6];
        for (int i = 0; i < items.length; i++) {
            items[i] = unsigned(i, node.message(i + 1).encode());
        }
        final List<StreamOutcome> outcomes = publish(items);

        // then
        assertThat(outcomes)
                .extracting(outcome -> refused(outcome).code())
                .containsExactly(
                        Refusal.Code.REQUEST_ID_REUSED,
                        Refusal.Code.OVERLOADED,
                        Refusal.Code.LANE_HALTED,
                        Refusal.Code.NOT_SIGNED,
                        Refusal.Code.TOO_LARGE,
                        Refusal.Code.OUTCOME_UNKNOWN);
        assertThat(refused(outcomes.get(1)).retryAfterMs()).isEqualTo(10);
        assertThat(refused(outcomes.get(1)).requestId()).isNull();
        assertThat(refused(outcomes.get(5)).requestId()).isEqualTo(id(5));
    }

    private List<StreamOutcome> publish(final StreamItem... items) throws Exception {
        final Map<StreamItem, CompletableFuture<StreamOutcome>> outcomes =
                new ConcurrentHashMap<>();
        for (final StreamItem item : items) {
            outcomes.put(item, new CompletableFuture<>());
        }
        line.publish(List.of(items), (item, outcome) -> outcomes.get(item).complete(outcome));
        for (final StreamItem item : items) {
            outcomes.get(item).get(20, TimeUnit.SECONDS);
        }
        return Arrays.stream(items).map(item -> outcomes.get(item).join()).toList();
    }

    private static StreamItem unsigned(final int number, final byte[] cbor) {
        return new StreamItem(
                number, false, id(number), new StreamItem.Unsigned(cbor, BigInteger.ZERO, false));
    }

    private static RequestId id(final int number) {
        return RequestId.of(new UUID(7, number));
    }

    private static StreamOutcome.Published published(final StreamOutcome outcome) {
        return (StreamOutcome.Published) outcome;
    }

    private static StreamOutcome.Refused refused(final StreamOutcome outcome) {
        return (StreamOutcome.Refused) outcome;
    }
}
