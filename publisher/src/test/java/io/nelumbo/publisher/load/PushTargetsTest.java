package io.nelumbo.publisher.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nelumbo.publisher.load.Pace.ClosedLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PushTargetsTest {
    private static final List<String> ACCOUNTS = List.of("f1aaa", "f1bbb");

    private final Transfers messages = new Transfers(ACCOUNTS, 3, 7);
    private final Map<Long, String> receipts = new ConcurrentHashMap<>();

    @Test
    void shouldPushEachMessageUnderARequestIdOfItsOwn() throws Exception {
        // given
        try (AnsweringNode node = new AnsweringNode(PushTargetsTest::signOne)) {
            final Target target =
                    new PushTarget(List.of(node.client()::call), messages, this::receipt);

            // when
            final LoadResult result = LoadGenerator.run(plan(4, 2), target);

            // then
            assertThat(result.counts().acknowledged()).isPositive();
            assertThat(result.counts().due()).isEqualTo(result.counts().acknowledged());
            assertThat(receipts).hasSize((int) result.counts().acknowledged());
            assertThat(ids(node)).hasSameSizeAs(node.calls());
            assertThat(node.calls())
                    .allMatch(
                            call ->
                                    call.path("method")
                                            .asText()
                                            .equals("Filecoin.MpoolPushMessage"))
                    .allMatch(
                            call ->
                                    call.path("params")
                                            .path(0)
                                            .path("Params")
                                            .asText()
                                            .equals("AAAA"));
        }
    }

    @Test
    void shouldPushABatchByOneCall() throws Exception {
        // given
        try (AnsweringNode node = new AnsweringNode(PushTargetsTest::signAll)) {
            final Target target =
                    new BatchPushTarget(List.of(node.client()::call), messages, this::receipt);

            // when
            final LoadResult result = LoadGenerator.run(plan(10, 5), target);

            // then
            assertThat(result.counts().due()).isEqualTo(result.counts().acknowledged());
            assertThat(result.counts().acknowledged()).isEqualTo(5L * node.calls().size());
            assertThat(ids(node)).hasSameSizeAs(node.calls());
            assertThat(receipts.values()).containsAll(ACCOUNTS);
        }
    }

    @Test
    void shouldCountRefusalsOfOneKindTogether() throws Exception {
        // given: words that differ in numbers and addresses only
        try (AnsweringNode node =
                new AnsweringNode(
                        call ->
                                TextNode.valueOf(
                                        "not enough funds: "
                                                + call.path("id").asLong()
                                                + " < 7"))) {
            final Target target =
                    new PushTarget(List.of(node.client()::call), messages, this::receipt);

            // when
            final LoadResult result = LoadGenerator.run(plan(4, 1), target);

            // then
            assertThat(result.counts().refused()).containsOnlyKeys("not enough funds: # < #");
            assertThat(result.counts().due()).isEqualTo(result.counts().allRefused());
        }
    }

    @Test
    void shouldCallUnknownWhatANodeLeavesInDoubt() throws Exception {
        // given
        final TextNode doubt = TextNode.valueOf("outcome unknown: retry with the same MsgUuid");
        try (AnsweringNode node = new AnsweringNode(call -> doubt)) {
            final Target target =
                    new BatchPushTarget(List.of(node.client()::call), messages, this::receipt);

            // when
            final LoadResult result = LoadGenerator.run(plan(4, 2), target);

            // then
            assertThat(result.counts().due()).isEqualTo(result.counts().unknown());
        }
    }

    @Test
    void shouldCallUnknownWhatHasNoSignedMessageInTheAnswer() throws Exception {
        // given: one signed message for each two
        try (AnsweringNode node =
                new AnsweringNode(
                        call -> JsonNodeFactory.instance.arrayNode().add(signAll(call).get(0)))) {
            final Target target =
                    new BatchPushTarget(List.of(node.client()::call), messages, this::receipt);

            // when
            final LoadResult result = LoadGenerator.run(plan(2, 2), target);

            // then
            assertThat(result.counts().unknown()).isPositive();
            assertThat(result.counts().acknowledged()).isEqualTo(node.calls().size());
            assertThat(result.counts().due())
                    .isEqualTo(result.counts().acknowledged() + result.counts().unknown());
        }
    }

    private void receipt(final String from, final long nonce, final String cid) {
        assertThat(cid).isEqualTo("bafy" + nonce);
        receipts.put(nonce, from);
    }

    private static LoadPlan plan(final int window, final int batch) {
        return LoadPlan.of(new ClosedLoop(window), Duration.ZERO, Duration.ofMillis(200))
                .withBatches(batch);
    }

    private static Set<String> ids(final AnsweringNode node) {
        return node.calls().stream()
                .map(call -> call.path("params").path(1).path("MsgUuid").asText())
                .collect(Collectors.toSet());
    }

    private static JsonNode signOne(final JsonNode call) {
        return AnsweringNode.signed(call.path("params").path(0), call.path("id").asLong());
    }

    private static JsonNode signAll(final JsonNode call) {
        final ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (final JsonNode message : call.path("params").path(0)) {
            all.add(AnsweringNode.signed(message, call.path("id").asLong() * 1000 + all.size()));
        }
        return all;
    }
}
