package io.nelumbo.publisher.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.client.Call.Kind;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallTest {
    private static final JsonNode MESSAGE = FakeNode.parse("{}");

    @ParameterizedTest
    @CsvSource({
        "MpoolGetNonce,READ",
        "StateSearchMsg,READ",
        "StateWaitMsg,READ",
        "RaftLeader,READ",
        "MpoolPush,PUSH",
        "MpoolBatchPushUntrusted,PUSH",
        "MpoolClear,ONCE",
        "WalletNew,ONCE",
        "WalletSign,ONCE",
        "ChainSetHead,ONCE",
        "SomethingNew,ONCE"
    })
    void shouldRepeatOnlyWhatIsKnownToChangeNothing(final String method, final Kind kind) {
        assertThat(Call.of(method, List.of()).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"MsgUuid\": null}",
                "{\"msguuid\": \"00000000-0000-0000-0000-000000000000\"}"
            })
    void shouldGiveAPushARequestIdWhenItHasNone(final String spec) {
        final Call call = Call.of("MpoolPushMessage", List.of(MESSAGE, FakeNode.parse(spec)));

        assertThat(call.kind()).isEqualTo(Kind.PUSH);
        assertThat(call.params().get(1))
                .isEqualTo(FakeNode.parse("{\"MsgUuid\": \"" + call.requestId() + "\"}"));
    }

    @Test
    void shouldGiveAPushASpecWhenItHasNone() {
        final Call call = Call.of("MpoolBatchPushMessage", List.of(FakeNode.parse("[{}]")));

        assertThat(call.params().get(1).path("MsgUuid").asText())
                .isEqualTo(String.valueOf(call.requestId()));
    }

    @Test
    void shouldKeepTheRequestIdThatItWasGiven() {
        final UUID requestId = UUID.randomUUID();
        final JsonNode spec =
                FakeNode.parse("{\"MaxFee\": \"7\", \"msgUUID\": \"" + requestId + "\"}");

        final Call call = Call.of("MpoolPushMessage", List.of(MESSAGE, spec));

        assertThat(call.requestId()).isEqualTo(requestId);
        assertThat(call.params()).containsExactly(MESSAGE, spec);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "{\"MsgUuid\": \"1\"}", "{\"MsgUuid\": \"\", \"msguuid\": \"\"}"})
    void shouldLeaveItToTheNodeToRefuseNonsense(final String spec) {
        final List<JsonNode> params = List.of(MESSAGE, FakeNode.parse(spec));

        final Call call = Call.of("MpoolPushMessage", params);

        assertThat(call.kind()).isEqualTo(Kind.ONCE);
        assertThat(call.params()).isEqualTo(params);
    }
}
