package io.nelumbo.publisher.api.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.api.upstream.CallRoom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real HTTP on both sides: what goes through, as which bytes, and what does not. */
final class ProxyTest {
    private static final String READ = "read";

    /** Everything that a parser would tidy up. */
    private static final String ODD =
            "[ 1.50,-0,1e400 , 12345678901234567890123,\t\"\\u00e9\\/é𝄞\",{\"b\":1,\"a\" :{ }},\n[]]";

    private ProxyFixture node;

    @BeforeEach
    void start() throws Exception {
        node = new ProxyFixture();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void shouldPassParamsAndResultsOnByteForByte() throws Exception {
        final String result = "{\"z\":1.0,\"a\":\"x\", \"a\":" + ODD + "}";
        node.first.behaviour = RawUpstream.result(" " + result + " ");

        final String answer = node.call(READ, "Filecoin.ChainGetGenesis", ODD);

        assertThat(answer)
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"result\":" + result + "}");
        assertThat(node.first.requests)
                .singleElement()
                .asString()
                .endsWith(",\"method\":\"Filecoin.ChainGetGenesis\",\"params\":" + ODD + "}");
        assertThat(node.first.paths).containsExactly("/rpc/v1");
        assertThat(node.first.tokens).containsExactly("Bearer our-token");
    }

    /** What nobody here reads, nobody here can misread. */
    @Test
    void shouldPassRepeatedKeysOnInParamsOnlyAndForOthersOnly() throws Exception {
        final String params = "[{\"a\":1, \"a\":2}]";
        assertThat(node.call(READ, "Filecoin.ChainGetGenesis", params)).contains("\"result\":null");
        assertThat(node.first.requests)
                .singleElement()
                .asString()
                .endsWith(",\"params\":" + params + "}");

        assertThat(node.call(READ, "Filecoin.Version", params)).contains("-32700");
        assertThat(
                        node.post(
                                "/rpc/v1",
                                READ,
                                "{\"id\":1,\"method\":\"Filecoin.ChainHead\","
                                        + "\"method\":\"Filecoin.ChainGetGenesis\"}"))
                .contains("-32700");
        assertThat(
                        node.post(
                                "/rpc/v1",
                                READ,
                                "[{\"id\":1,\"method\":\"Filecoin.Version\"},{\"id\":2,"
                                        + "\"method\":\"Filecoin.ChainHead\",\"params\":"
                                        + params
                                        + "}]"))
                .contains("-32700");
        assertThat(node.first.requests).hasSize(1);
    }

    @Test
    void shouldPassEveryKindOfResultOn() throws Exception {
        for (final String result :
                new String[] {"null", "true", "-1.0e3", "\"\"", "\"a\\\"b\\\\\"", "[]", "{}"}) {
            node.first.behaviour = RawUpstream.result(result);
            assertThat(node.call(READ, "eth_chainId", "[]"))
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"result\":" + result + "}");
        }
    }

    @Test
    void shouldPassErrorsOnWithWhateverIsInThem() throws Exception {
        final String error =
                "{\"message\":\"vm: 6 \",\"code\":-32000, \"data\":[1.0],\"meta\":{\"k\":1}}";
        node.first.behaviour =
                RawUpstream.answer("{\"error\":" + error + ",\"id\":%s,\"jsonrpc\":\"2.0\"}");

        assertThat(node.call(READ, "Filecoin.EthCall", "[{}]"))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"error\":" + error + "}");
        assertThat(node.second.requests).isEmpty();
    }

    @Test
    void shouldAskTheSameVersionOfTheApi() throws Exception {
        node.first.behaviour = RawUpstream.result("7");

        final String answer =
                node.post("/rpc/v0", READ, "{\"id\":1,\"method\":\"Filecoin.ChainHead\"}");

        assertThat(answer).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":7}");
        assertThat(node.first.paths).containsExactly("/rpc/v0");
        assertThat(node.first.requests)
                .singleElement()
                .asString()
                .endsWith("\"method\":\"Filecoin.ChainHead\"}");
    }

    @Test
    void shouldPassCallsOfABatchOnBesideOurOwn() throws Exception {
        node.first.behaviour = RawUpstream.result("[ 1.0 ]");

        final String answer =
                node.post(
                        "/rpc/v1",
                        READ,
                        "[5,{\"id\":1,\"method\":\"Filecoin.Version\",\"params\":[]},"
                                + "{\"id\":2,\"params\":[ 2.50 ],\"method\":\"Filecoin.ChainHead\"}]");

        assertThat(answer)
                .endsWith(
                        ",{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"ours\"},"
                                + "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":[ 1.0 ]}]");
        assertThat(node.first.requests).singleElement().asString().endsWith("\"params\":[ 2.50 ]}");
    }

    @Test
    void shouldRefuseWhatTheClientMayNotDoAlthoughOurTokenMay() throws Exception {
        assertThat(node.call(READ, "Filecoin.SyncSubmitBlock", "[]"))
                .contains(
                        "{\"code\":1,\"message\":\"missing permission to invoke 'SyncSubmitBlock'"
                                + " (need 'write')\"}");
        assertThat(node.call("write", "eth_blockNumber", "[]"))
                .contains("missing permission to invoke 'EthBlockNumber' (need 'read')");
        assertThat(node.call("read,write,sign", "Filecoin.MethodOfALaterVersion", "[]"))
                .contains("missing permission to invoke 'MethodOfALaterVersion' (need 'admin')");
        assertThat(node.first.requests).isEmpty();

        assertThat(node.call("admin", "Filecoin.MethodOfALaterVersion", "[]"))
                .contains("\"result\":null");
    }

    @Test
    void shouldRefuseWhatWouldGoAroundTheCluster() throws Exception {
        final String all = "read,write,sign,admin";

        assertThat(node.call(all, "Filecoin.WalletExport", "[]")).contains("cluster's to answer");
        assertThat(node.call(all, "Filecoin.MpoolPushMessage", "[]")).contains("not passed on");
        assertThat(node.call(all, "Filecoin.AuthNew", "[]")).contains("not passed on");
        assertThat(node.call(all, "Filecoin.Shutdown", "[]")).contains("single chain node");
        assertThat(node.call(all, "Filecoin.PaychGet", "[]")).contains("with its own wallet");
        assertThat(node.call(all, "eth_sendRawTransaction", "[\"0x00\"]"))
                .contains("would take a nonce around this cluster");
        assertThat(node.call(all, "eth_subscribe", "[]")).contains("eth_newFilter");
        assertThat(node.call(all, "ChainHead", "[]")).contains("-32601");
        assertThat(node.call(all, "xrpc.cancel", "[1]")).contains("-32601");
        assertThat(node.call(all, "Filecoin." + "x".repeat(1000), "[]"))
                .contains("-32601")
                .hasSizeLessThan(500);
        assertThat(node.first.requests).isEmpty();
        assertThat(node.second.requests).isEmpty();
    }

    /** A draft is no message yet; the old API pushes it. */
    @Test
    void shouldPassDraftsOfMultisigOnAtV1Only() throws Exception {
        assertThat(node.call("sign", "Filecoin.MsigPropose", "[]")).contains("\"result\":null");
        assertThat(node.post("/rpc/v0", "sign", "{\"id\":1,\"method\":\"Filecoin.MsigPropose\"}"))
                .contains("around this cluster's nonces");
    }

    @Test
    void shouldAskTheNextWhenAReadIsBrokenOff() throws Exception {
        node.first.behaviour = RawUpstream.breakOff();
        node.second.behaviour = RawUpstream.result("2");

        assertThat(node.call(READ, "Filecoin.ChainHead", "[]")).endsWith("\"result\":2}");
        assertThat(node.first.requests).hasSize(1);
    }

    @Test
    void shouldNotSendTwiceWhatMayHaveBeenDone() throws Exception {
        node.first.behaviour = RawUpstream.breakOff();

        assertThat(node.call("write", "Filecoin.SyncSubmitBlock", "[]"))
                .contains("was sent once and may have been done", "\"code\":1,");
        assertThat(node.second.requests).isEmpty();
    }

    @Test
    void shouldNotBeStuckOnASilentUpstream() throws Exception {
        try (ProxyFixture hasty =
                new ProxyFixture(Duration.ofMillis(300), Duration.ofMillis(1000))) {
            hasty.first.behaviour = RawUpstream.silence();
            hasty.second.behaviour = RawUpstream.result("2");

            assertThat(hasty.call(READ, "Filecoin.ChainHead", "[]")).endsWith("\"result\":2}");
            assertThat(hasty.call("write", "Filecoin.SyncSubmitBlock", "[]"))
                    .contains("may have been done", "did not answer within 1000 ms");
            assertThat(hasty.second.requests).hasSize(1);

            // when: nobody answers, the last one has more time
            hasty.second.behaviour = RawUpstream.silence();
            assertThat(hasty.call(READ, "Filecoin.ChainHead", "[]"))
                    .contains("'ChainHead' has no answer: ", "did not answer within 1000 ms");
        }
    }

    @Test
    void shouldNotTryABrokenUpstreamWithWhatCannotBeSentTwice() throws Exception {
        node.first.behaviour = RawUpstream.breakOff();
        for (int i = 0; i < 3; i++) {
            node.call(READ, "Filecoin.ChainHead", "[]");
        }
        node.nowNs.addAndGet(2_000_000_000L);

        assertThat(node.call("write", "Filecoin.SyncSubmitBlock", "[]"))
                .endsWith("\"result\":null}");
        assertThat(node.first.requests).hasSize(3);
        // A read may: it goes on to the next.
        assertThat(node.call(READ, "Filecoin.ChainHead", "[]")).endsWith("\"result\":null}");
        assertThat(node.first.requests).hasSize(4);
    }

    @Test
    void shouldSendElsewhereWhatNeverLeft() throws Exception {
        node.first.close();
        node.second.behaviour = RawUpstream.result("2");

        assertThat(node.call("write", "Filecoin.SyncSubmitBlock", "[]")).endsWith("\"result\":2}");
    }

    @Test
    void shouldLeaveABrokenUpstreamAloneAndTryItAgain() throws Exception {
        node.first.behaviour = RawUpstream.breakOff();
        for (int i = 0; i < 3; i++) {
            node.call(READ, "Filecoin.ChainHead", "[]");
        }
        assertThat(node.watch.states().get(0).circuitOpen()).isTrue();

        // when: it is left alone
        node.call(READ, "Filecoin.ChainHead", "[]");
        assertThat(node.first.requests).hasSize(3);
        // when: it may be tried, and is well again
        node.nowNs.addAndGet(2_000_000_000L);
        node.first.behaviour = RawUpstream.result("1");
        assertThat(node.call(READ, "Filecoin.ChainHead", "[]")).endsWith("\"result\":1}");
        assertThat(node.watch.states().get(0).circuitOpen()).isFalse();
        assertThat(node.first.requests).hasSize(4);
    }

    @Test
    void shouldNotAskOneThatLagsBehind() throws Exception {
        node.first.height = CompletableFuture.completedFuture(94L);
        node.second.behaviour = RawUpstream.result("2");
        node.watch.look().join();

        assertThat(node.call(READ, "Filecoin.ChainHead", "[]")).endsWith("\"result\":2}");
        assertThat(node.first.requests).isEmpty();

        // when: the other one dies, nobody is ahead any more
        node.second.height = CompletableFuture.failedFuture(new IllegalStateException("gone"));
        node.watch.look().join();
        assertThat(node.call(READ, "Filecoin.ChainHead", "[]")).endsWith("\"result\":null}");
    }

    @Test
    void shouldSayWhyWhenNoneIsHealthy() throws Exception {
        node.first.height = CompletableFuture.failedFuture(new IllegalStateException("gone"));
        node.second.height = node.first.height;
        node.watch.look().join();

        assertThat(node.call(READ, "Filecoin.ChainHead", "[]"))
                .contains("no healthy upstream: first does not answer", "second does not answer");
        assertThat(node.first.requests).isEmpty();
    }

    @Test
    void shouldPassOnManyMegabytesAndRefuseMoreWithoutBlamingTheUpstream() throws Exception {
        final String large = "\"" + "x".repeat(6 << 20) + "\"";
        node.first.behaviour = RawUpstream.result(large);
        assertThat(node.call(READ, "Filecoin.ChainReadObj", "[]"))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"result\":" + large + "}");

        node.first.behaviour =
                RawUpstream.result("\"" + "x".repeat(ProxyFixture.MAX_ANSWER_BYTES) + "\"");
        for (int i = 0; i < 4; i++) {
            assertThat(node.call(READ, "Filecoin.ChainReadObj", "[]"))
                    .contains("has an answer that is not passed on");
        }
        assertThat(node.watch.states().get(0).circuitOpen()).isFalse();
        assertThat(node.second.requests).isEmpty();
    }

    @Test
    void shouldNotPassOnWhatIsNoJsonRpc() throws Exception {
        node.second.behaviour = RawUpstream.result("2");
        for (final String answer :
                new String[] {
                    "<html>", "{\"id\":%s,\"result\":[1}", "{\"id\":99999,\"result\":1}", "{}", ""
                }) {
            node.first.behaviour = RawUpstream.answer(answer);
            node.watch.answered(0);
            assertThat(node.call(READ, "Filecoin.ChainHead", "[]")).endsWith("\"result\":2}");
        }
    }

    /** Lotus before go-jsonrpc 0.3.2 answers so to a method that returns nothing. */
    @Test
    void shouldTakeAnAnswerWithoutResultForNull() throws Exception {
        node.first.behaviour = RawUpstream.answer("{\"jsonrpc\":\"2.0\",\"id\":%s}");

        assertThat(node.call("write", "Filecoin.SyncSubmitBlock", "[]"))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"result\":null}");
        assertThat(node.second.requests).isEmpty();
    }

    /** Whoever asks for changes takes them, and whoever makes a filter leaves it there. */
    @Test
    void shouldNotSendTwiceWhatConsumesAlthoughItReads() throws Exception {
        node.first.behaviour = RawUpstream.breakOff();
        for (final String method :
                new String[] {
                    "eth_getFilterChanges",
                    "eth_newFilter",
                    "eth_newBlockFilter",
                    "eth_newPendingTransactionFilter",
                    "eth_uninstallFilter"
                }) {
            node.watch.answered(0);
            assertThat(node.call(READ, method, "[]"))
                    .contains("was sent once and may have been done", "\"code\":1,");
        }
        assertThat(node.second.requests).isEmpty();
    }

    @Test
    void shouldTurnAwayCallsBeyondTheBoundI10() throws Exception {
        final CompletableFuture<Void> answered = new CompletableFuture<>();
        for (int i = 0; i < CallRoom.MAX_CALLS; i++) {
            final CompletableFuture<Void> unused =
                    node.room.within(false, () -> answered.copy(), IllegalStateException::new);
        }
        assertThat(node.call(READ, "Filecoin.ChainHead", "[]")).contains("overloaded");
        answered.complete(null);
        assertThat(node.call(READ, "Filecoin.ChainHead", "[]")).contains("\"result\"");
    }
}
