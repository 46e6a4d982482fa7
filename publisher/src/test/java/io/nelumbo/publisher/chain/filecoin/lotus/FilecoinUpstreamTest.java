package io.nelumbo.publisher.chain.filecoin.lotus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.PushOutcome.Accepted;
import io.nelumbo.publisher.chain.PushOutcome.AlreadyKnown;
import io.nelumbo.publisher.chain.PushOutcome.Ambiguous;
import io.nelumbo.publisher.chain.PushOutcome.Invalid;
import io.nelumbo.publisher.chain.PushOutcome.NonceTooLow;
import io.nelumbo.publisher.chain.Signing.Signed;
import io.nelumbo.publisher.chain.Upstream.Landing;
import io.nelumbo.publisher.chain.Upstream.NonceAtHeight;
import io.nelumbo.publisher.chain.UpstreamFailure;
import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.KnownAccounts;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.Secp256k1Key;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node answers, over real HTTP, becomes outcomes and facts; never a guess. */
final class FilecoinUpstreamTest {
    private static final String BLOCK =
            "bafy2bzacebaiinljwwctblf7czp4zxwhz4747z6tpricgn5cumd4xhebftcvu";
    private static final String HEAD =
            "{\"Cids\":[{\"/\":\"" + BLOCK + "\"}],\"Blocks\":null,\"Height\":100}";
    private static final Address ACCOUNT = KnownAccounts.SENDER.account();

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration IMPATIENCE = Duration.ofMillis(300);

    private static FakeNode fake;

    private final LotusJson json = new LotusJson(Network.TESTNET);
    private final LotusNode node = new LotusNode(fake.client(PATIENCE), json);
    private final FilecoinUpstream upstream = new FilecoinUpstream(node, json);

    @BeforeAll
    static void start() {
        fake = new FakeNode();
    }

    @AfterAll
    static void stop() {
        fake.close();
    }

    @BeforeEach
    void startOver() {
        fake.forget();
    }

    @Test
    void shouldPushSeveralMessagesInOneRequest() {
        final List<Signed> messages = signed(3);
        fake.answers("MpoolBatchPush", cids(messages));

        assertThat(push(messages)).containsOnly(new Accepted()).hasSize(3);

        assertThat(fake.methodsCalled()).containsExactly("MpoolBatchPush");
        assertThat(fake.tokenShown()).isEqualTo("a.b.c");
    }

    @Test
    void shouldPushOneMessageAlone() {
        final List<Signed> messages = signed(1);
        fake.answers("MpoolPush", cid(messages.get(0)));

        assertThat(push(messages)).containsExactly(new Accepted());
        assertThat(fake.calls().get(0)).contains("\"Nonce\":0").contains("\"Type\":1");
    }

    @Test
    void shouldSendNoIdsBecauseNodesMakeTheirOwn() {
        final List<Signed> messages = signed(2);
        fake.answers("MpoolBatchPush", cids(messages)).answers("MpoolPush", cid(messages.get(0)));

        push(messages);
        push(messages.subList(0, 1));

        assertThat(fake.calls()).hasSize(2).noneMatch(call -> call.contains("CID"));
    }

    @Test
    void shouldLearnEachOutcomeWhenTheBatchStopsSomewhere() {
        final List<Signed> messages = signed(4);
        fake.refuses("MpoolBatchPush", "message nonce too low")
                .refuses("MpoolPush", "already in mpool: message with nonce already exists")
                .answers("MpoolPush", cid(messages.get(1)))
                .refuses("MpoolPush", "minimum expected nonce is 9: message nonce too low");

        assertThat(push(messages))
                .containsExactly(
                        new AlreadyKnown(),
                        new Accepted(),
                        new NonceTooLow("minimum expected nonce is 9: message nonce too low"));
        assertThat(fake.methodsCalled())
                .containsExactly("MpoolBatchPush", "MpoolPush", "MpoolPush", "MpoolPush");
    }

    @Test
    void shouldSplitWhatIsTooMuchForOneRequest() {
        final List<Signed> messages = signed(300);
        fake.answers("MpoolBatchPush", cids(messages.subList(0, 256)))
                .answers("MpoolBatchPush", cids(messages.subList(256, 300)));

        assertThat(push(messages)).containsOnly(new Accepted()).hasSize(300);
    }

    @Test
    void shouldStopSplitPushAtFirstFailure() {
        final List<Signed> messages = signed(300);
        fake.refuses("MpoolBatchPush", "no").refuses("MpoolPush", "no such luck");

        assertThat(push(messages)).containsExactly(new Ambiguous("no such luck"));
        assertThat(fake.methodsCalled()).containsExactly("MpoolBatchPush", "MpoolPush");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldNotTellWhenNodeDoesNotAnswer(final int count) {
        fake.hangs("MpoolPush").hangs("MpoolBatchPush");

        assertThat(impatient().push(bytes(signed(count))).join())
                .singleElement()
                .isInstanceOf(Ambiguous.class);
        assertThat(fake.calls()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void shouldNotTellWhenNodeIsGone() {
        final FakeNode gone = new FakeNode();
        gone.stop();
        final LotusNode nobody = new LotusNode(gone.client(PATIENCE), json);

        assertThat(new FilecoinUpstream(nobody, json).push(bytes(signed(2))).join())
                .singleElement()
                .isInstanceOf(Ambiguous.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "7", "\"ok\"", "[]", "{\"/\":\"" + BLOCK + "\"}"})
    void shouldNotTakeStrangeAnswerForAcceptance(final String answer) {
        fake.answers("MpoolPush", answer);

        assertThat(push(signed(1))).singleElement().isInstanceOf(Ambiguous.class);
    }

    @Test
    void shouldKeepThePrefixThatTheNodeNamed() {
        final List<Signed> messages = signed(3);
        fake.answers("MpoolBatchPush", cids(messages.subList(0, 2)));

        final List<PushOutcome> outcomes = push(messages);

        assertThat(outcomes).hasSize(3).startsWith(new Accepted(), new Accepted());
        assertThat(outcomes.get(2)).isInstanceOf(Ambiguous.class);
    }

    @Test
    void shouldPushWhatStandsBeforeUndecodableBytes() {
        final List<Signed> messages = signed(1);
        fake.answers("MpoolPush", cid(messages.get(0)));

        final List<PushOutcome> outcomes =
                upstream.push(List.of(messages.get(0).bytes(), new byte[] {1, 2, 3})).join();

        assertThat(outcomes).hasSize(2).startsWith(new Accepted());
        assertThat(outcomes.get(1)).isInstanceOf(Invalid.class);
    }

    @Test
    void shouldPushNothing() {
        assertThat(upstream.push(List.of()).join()).isEmpty();
        assertThat(fake.calls()).isEmpty();
    }

    @Test
    void shouldAskNextNonce() {
        fake.answers("MpoolGetNonce", "18446744073709551615");

        assertThat(upstream.nextNonce(ACCOUNT).join()).isEqualTo(-1L);
        assertThat(fake.calls())
                .containsExactly("MpoolGetNonce(\"t1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba\")");
    }

    @Test
    void shouldPickTheAccountsNoncesOutOfThePool() {
        fake.answers(
                "MpoolPending",
                """
                [{"Message":{"From":"t1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba","Nonce":7}},
                 {"Message":{"From":"t01000","Nonce":8}},
                 {"message":{"from":"f1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba"}}]
                """);

        assertThat(upstream.pendingNonces(ACCOUNT).join()).containsExactly(7L, 0L);
        assertThat(fake.calls()).containsExactly("MpoolPending([])");
    }

    @Test
    void shouldStartAtZeroWhenAccountHasNoActor() {
        fake.refuses("MpoolGetNonce", "resolution lookup failed (f1d2): Actor not found");

        assertThat(upstream.nextNonce(ACCOUNT).join()).isZero();
    }

    @Test
    void shouldReadExecutedNonceBelowTheHead() {
        fake.answers("ChainHead", HEAD)
                .answers(
                        "ChainGetTipSetByHeight",
                        "{\"Cids\":[{\"/\":\"" + BLOCK + "\"}],\"Height\":94}")
                .answers("StateGetActor", "{\"Code\":{},\"Nonce\":42,\"Balance\":\"7\"}");

        assertThat(upstream.executedNonce(ACCOUNT, 5).join()).isEqualTo(new NonceAtHeight(42, 94));
        assertThat(fake.calls().get(1)).startsWith("ChainGetTipSetByHeight(95, [{\"/\":");
        assertThat(fake.calls().get(2)).contains(BLOCK);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "200, 2"})
    void shouldStayOnTheChainWhateverTheDepth(final int depth, final int tipsetQuestions) {
        fake.answers("ChainHead", HEAD)
                .answers("ChainGetTipSetByHeight", "{\"Cids\":[],\"Height\":0}")
                .answers("StateGetActor", "{\"Nonce\":42}");

        assertThat(upstream.executedNonce(ACCOUNT, depth).join().nonce()).isEqualTo(42);
        assertThat(fake.calls()).hasSize(tipsetQuestions + 1);
        assertThat(fake.calls().get(1)).doesNotContain("(-");
    }

    @Test
    void shouldReadZeroWhereAccountHasNoActorYet() {
        fake.answers("ChainHead", HEAD)
                .refuses("StateGetActor", "actor not found")
                .answers("ChainHead", HEAD)
                .answers("StateGetActor", "null");

        assertThat(upstream.executedNonce(ACCOUNT, 0).join()).isEqualTo(new NonceAtHeight(0, 100));
        assertThat(upstream.executedNonce(ACCOUNT, 0).join()).isEqualTo(new NonceAtHeight(0, 100));
    }

    @Test
    void shouldNotTakeMissingStateForAnEmptyAccount() {
        // A node that was synced from a snapshot has tipsets below it, but not their states.
        final String text = "loading state tree failed: failed to load state root: ipld: could not";
        fake.answers("ChainHead", HEAD)
                .answers("ChainGetTipSetByHeight", HEAD)
                .refuses("StateGetActor", text + " find bafy2bzace");

        assertFails(upstream.executedNonce(ACCOUNT, 5), text);
    }

    @Test
    void shouldFindWhatLanded() {
        fake.answers(
                "StateSearchMsg",
                "{\"Message\":{\"/\":\""
                        + BLOCK
                        + "\"},\"Receipt\":{\"ExitCode\":5,\"Return\":null,\"GasUsed\":1},"
                        + "\"TipSet\":[],\"Height\":77}");
        final byte[] hash = signed(1).get(0).hash();

        final Landing landing = upstream.find(hash).join();

        assertThat(landing).isNotNull();
        assertThat(Cid.ofDigest(landing.hash()).text()).isEqualTo(BLOCK);
        assertThat(landing.height()).isEqualTo(77);
        assertThat(landing.exitCode()).isEqualTo(5);
        assertThat(fake.calls())
                .containsExactly(
                        "StateSearchMsg([], {\"/\":\"" + Cid.ofDigest(hash) + "\"}, -1, true)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failed to load message: ipld: could not find bafy2bzace",
                "failed to load message: blockstore: block not found",
                "found message with equal nonce as the one we are looking for that is NOT a valid"
                        + " replacement message (F:bafy2 n 3, TS: bafy3 n3)"
            })
    void shouldFindNothingWhenNodeSaysSoByError(final String text) {
        fake.refuses("StateSearchMsg", text).answers("StateSearchMsg", "null");

        assertThat(upstream.find(new byte[32]).join()).isNull();
        assertThat(upstream.find(new byte[32]).join()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failed to load message: context canceled",
                "failed to load tipset during msg wait searchback"
            })
    void shouldNotTakeTroubleForAbsence(final String text) {
        fake.refuses("StateSearchMsg", text);

        assertFails(upstream.find(new byte[32]), text);
    }

    @Test
    void shouldFailWhenAnswerIsOfAnotherForm() {
        fake.answers("ChainHead", "{\"Cids\":[],\"Height\":\"100\"}")
                .answers("ChainHead", "[]")
                .answers("MpoolGetNonce", "-1")
                .answers(
                        "StateSearchMsg",
                        "{\"Message\":{\"/\":\"bafkqaaa\"},\"Receipt\":{},\"Height\":1}");

        assertFails(upstream.headHeight(), "Tipset.Height");
        assertFails(upstream.headHeight(), "Tipset");
        assertFails(upstream.nextNonce(ACCOUNT), "MpoolGetNonce");
        assertFails(upstream.find(new byte[32]), "MsgLookup.Message");
    }

    @Test
    void shouldFailWhenNodeDoesNotAnswerQuestions() {
        fake.hangs("ChainHead");

        assertFails(impatient().headHeight(), "did not answer");
    }

    @Test
    void shouldNameItselfWithoutToken() {
        assertThat(upstream.name()).matches("http://127.0.0.1:\\d+");
    }

    @Test
    void shouldAnswerTheQuestionsOfTheApi() {
        final FilecoinMessage message = KnownAccounts.transfer(0);
        final FilecoinMessage estimated = KnownAccounts.transfer(1234);
        fake.answers("GasEstimateMessageGas", json.writeMessage(estimated).toString())
                .answers("WalletBalance", "\"1000000000000000000000\"")
                .answers("StateAccountKey", "\"t1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba\"")
                .answers("StateNetworkName", "\"calibrationnet\"")
                .refuses("WalletBalance", "no balance for you");

        assertThat(node.estimateGas(message, PushSpec.NONE).join()).isEqualTo(estimated);
        assertThat(node.balance(KnownAccounts.SENDER).join()).isEqualTo(BigInteger.TEN.pow(21));
        assertThat(node.keyAddress(FilecoinAddress.ofId(100)).join())
                .isEqualTo(KnownAccounts.SENDER);
        assertThat(node.networkName().join()).isEqualTo("calibrationnet");
        assertFails(node.balance(KnownAccounts.SENDER), "no balance for you");
    }

    @Test
    void shouldPassCallsThroughWithTheNodesOwnErrors() {
        fake.answers("ChainHead", HEAD).refuses("ChainHead", "no head");

        assertThat(node.call("Filecoin.ChainHead").join().path("Height").intValue()).isEqualTo(100);
        assertThatThrownBy(() -> node.call("Filecoin.ChainHead").join())
                .cause()
                .isInstanceOfSatisfying(
                        JsonRpcFailure.ErrorAnswer.class,
                        answer -> assertThat(answer.text()).isEqualTo("no head"));
    }

    private List<PushOutcome> push(final List<Signed> messages) {
        return upstream.push(bytes(messages)).join();
    }

    private FilecoinUpstream impatient() {
        return new FilecoinUpstream(new LotusNode(fake.client(IMPATIENCE), json), json);
    }

    private static List<byte[]> bytes(final List<Signed> messages) {
        return messages.stream().map(Signed::bytes).toList();
    }

    private static void assertFails(final CompletableFuture<?> question, final String why) {
        assertThatThrownBy(question::join)
                .cause()
                .isInstanceOf(UpstreamFailure.class)
                .hasMessageContaining(why);
    }

    private static List<Signed> signed(final int count) {
        final FilecoinDraft draft =
                FilecoinDraft.of(
                        KnownAccounts.transfer(25_000), Secp256k1Key.of(KnownAccounts.PRIVATE_KEY));
        final List<Signed> messages = new ArrayList<>();
        for (int nonce = 0; nonce < count; nonce++) {
            messages.add((Signed) draft.sign(nonce));
        }
        return messages;
    }

    private static String cid(final Signed message) {
        return "{\"/\":\"" + Cid.ofDigest(message.hash()) + "\"}";
    }

    private static String cids(final List<Signed> messages) {
        return messages.stream()
                .map(FilecoinUpstreamTest::cid)
                .collect(Collectors.joining(",", "[", "]"));
    }
}
