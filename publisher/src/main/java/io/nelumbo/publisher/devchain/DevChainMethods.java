package io.nelumbo.publisher.devchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.JsonRpcMethod;
import io.nelumbo.publisher.jsonrpc.Params;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Any thread. What the development chain answers: the part of Lotus's API that a publisher uses.
 */
final class DevChainMethods {
    private static final LotusJson LOTUS = new LotusJson(Network.TESTNET);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long ESTIMATED_GAS_LIMIT = 1_000_000;
    private static final BigInteger ESTIMATED_FEE_CAP = BigInteger.valueOf(200_000);
    private static final BigInteger ESTIMATED_PREMIUM = BigInteger.valueOf(100_000);
    private static final long API_VERSION = 131_840;
    private static final long BLOCK_DELAY_S = 30;

    private final DevChain chain;
    private final PushDesk desk;
    private final MessageSearch search;

    private DevChainMethods(final DevChain chain, final FaultDice dice) {
        this.chain = chain;
        this.desk = new PushDesk(chain, dice);
        this.search = new MessageSearch(chain);
    }

    /** The method table. */
    static Map<String, JsonRpcMethod> of(
            final DevChain chain, final FaultDice dice, final DevChainOptions options) {
        final DevChainMethods it = new DevChainMethods(chain, dice);
        final Map<String, JsonRpcMethod> table = new HashMap<>(AdminMethods.of(chain, dice));
        table.put("Filecoin.MpoolPush", (params, caller) -> it.push(params));
        table.put("Filecoin.MpoolPushUntrusted", (params, caller) -> it.push(params));
        table.put("Filecoin.MpoolBatchPush", (params, caller) -> it.batchPush(params));
        table.put("Filecoin.MpoolGetNonce", now(it::nonce));
        table.put("Filecoin.MpoolPending", now(params -> it.pending()));
        table.put("Filecoin.StateGetActor", now(it::actor));
        table.put("Filecoin.WalletBalance", now(it::balance));
        table.put("Filecoin.StateSearchMsg", now(it.search::now));
        table.put(
                "Filecoin.StateWaitMsg",
                JsonRpcMethod.waiting((params, caller) -> it.search.wait(params)));
        table.put("Filecoin.ChainHead", now(params -> TipsetJson.of(chain.head())));
        table.put("Filecoin.ChainGetTipSetByHeight", now(it::tipsetByHeight));
        table.put("Filecoin.GasEstimateMessageGas", now(it::estimateGas));
        table.put(
                "Filecoin.StateNetworkName", now(params -> NODES.textNode(options.networkName())));
        table.put("Filecoin.StateAccountKey", now(it::accountKey));
        table.put("Filecoin.Version", now(params -> version()));
        return table;
    }

    private static JsonRpcMethod now(final Function<Params, JsonNode> answer) {
        return (params, caller) -> {
            try {
                return CompletableFuture.completedFuture(answer.apply(params));
            } catch (final MalformedValue e) {
                throw JsonRpcError.invalidParams(String.valueOf(e.getMessage()));
            }
        };
    }

    private CompletableFuture<JsonNode> push(final Params params) {
        return desk.push(signed(params.expect(1, 1).object(0))).thenApply(TipsetJson::cid);
    }

    /** One after the other; ends with the first that is refused, as Lotus does. */
    private CompletableFuture<JsonNode> batchPush(final Params params) {
        return pushNext(params.expect(1, 1).array(0).elements(), NODES.arrayNode())
                .thenApply(cids -> cids);
    }

    private CompletableFuture<ArrayNode> pushNext(
            final Iterator<JsonNode> rest, final ArrayNode cids) {
        while (rest.hasNext()) {
            final CompletableFuture<String> answer = desk.push(signed(rest.next()));
            if (!answer.isDone()) {
                return answer.thenCompose(cid -> pushNext(rest, cids.add(TipsetJson.cid(cid))));
            }
            if (answer.isCompletedExceptionally()) {
                return answer.thenApply(cid -> cids);
            }
            cids.add(TipsetJson.cid(answer.join()));
        }
        return CompletableFuture.completedFuture(cids);
    }

    private JsonNode nonce(final Params params) {
        return NODES.numberNode(chain.nextNonce(address(params.expect(1, 1), 0)));
    }

    private JsonNode pending() {
        final ArrayNode all = NODES.arrayNode();
        chain.pending()
                .forEach(
                        message ->
                                all.add(
                                        LOTUS.writeSigned(
                                                SignedFilecoinMessage.decode(message.bytes()))));
        return all;
    }

    private JsonNode actor(final Params params) {
        final String address = address(params.expect(1, 2), 0);
        final Tipset tipset = tipset(params.at(1));
        return NODES.objectNode()
                .put("Nonce", tipset.nonces().getOrDefault(address, 0L))
                .put("Balance", chain.balance(address).toString());
    }

    /** Every address here is a key address already. */
    private JsonNode accountKey(final Params params) {
        return NODES.textNode(address(params.expect(1, 2), 0));
    }

    private JsonNode balance(final Params params) {
        return NODES.textNode(chain.balance(address(params.expect(1, 1), 0)).toString());
    }

    private JsonNode tipsetByHeight(final Params params) {
        final long height = params.expect(1, 2).integer(0);
        final Tipset found = chain.atHeight(height);
        if (found == null) {
            throw JsonRpcError.application(
                    "looking for tipset with height greater than start point");
        }
        return TipsetJson.of(found);
    }

    private JsonNode estimateGas(final Params params) {
        final FilecoinMessage asked = LOTUS.readMessage("params[0]", params.expect(1, 3).object(0));
        return LOTUS.writeMessage(
                asked.withGas(
                        asked.gasLimit() == 0 ? ESTIMATED_GAS_LIMIT : asked.gasLimit(),
                        orElse(asked.gasFeeCap(), ESTIMATED_FEE_CAP),
                        orElse(asked.gasPremium(), ESTIMATED_PREMIUM)));
    }

    private static JsonNode version() {
        return NODES.objectNode()
                .put("Version", "nelumbo-devchain")
                .put("APIVersion", API_VERSION)
                .put("BlockDelay", BLOCK_DELAY_S);
    }

    private Tipset tipset(final JsonNode key) {
        if (key instanceof NullNode || key.isEmpty()) {
            return chain.head();
        }
        final Tipset found = chain.byKey(key.get(0).path("/").asText());
        if (found == null) {
            throw JsonRpcError.application("loading tipset %s: not found".formatted(key));
        }
        return found;
    }

    private static BigInteger orElse(final BigInteger given, final BigInteger estimate) {
        return given.signum() == 0 ? estimate : given;
    }

    private static String address(final Params params, final int position) {
        return FilecoinAddress.parse(params.text(position)).text(Network.TESTNET);
    }

    private static SignedFilecoinMessage signed(final JsonNode json) {
        try {
            return LOTUS.readSigned("message", json);
        } catch (final MalformedValue e) {
            throw JsonRpcError.invalidParams(String.valueOf(e.getMessage()));
        }
    }
}
