package io.nelumbo.publisher.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.publisher.api.push.Gateway;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.RawTransaction;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.Params;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pushing what an Ethereum wallet has signed: the message that it stands for goes the way of {@code
 * MpoolPush}, under the same rules for its nonce. Any thread.
 */
final class EthereumMethods {
    private static final String PREFIX = "0x";

    private final Gateway gateway;
    private final Supplier<@Nullable Network> network;

    EthereumMethods(final Gateway gateway, final Supplier<@Nullable Network> network) {
        this.gateway = gateway;
        this.network = network;
    }

    /** {@code eth_sendRawTransaction}: [0x raw EIP-1559 transaction] to its hash. */
    CompletableFuture<JsonNode> sendRawTransaction(final Params params, final Caller caller) {
        final byte[] raw = bytes(params.expect(1, 1).text(0));
        final Network known = network.get();
        if (known == null) {
            throw JsonRpcError.application(
                    "no upstream has said which network this is, so that no chain id can be right;"
                            + " nothing was published, try again when one is reachable");
        }
        final RawTransaction transaction = RawTransaction.decode(raw, known);
        return gateway.pushSigned(List.of(transaction.message()), caller.principal())
                .thenApply(
                        result -> {
                            if (result.failure() != null) {
                                throw JsonRpcError.application(result.failure());
                            }
                            return JsonNodeFactory.instance.textNode(
                                    PREFIX + HexFormat.of().formatHex(transaction.hash()));
                        });
    }

    private static byte[] bytes(final String hex) {
        if (!hex.startsWith(PREFIX)
                || hex.length() > PREFIX.length() + 2 * RawTransaction.MAX_BYTES) {
            throw JsonRpcError.invalidParams(
                    "expected params[0] to be 0x and at most "
                            + RawTransaction.MAX_BYTES
                            + " bytes in hex");
        }
        try {
            return HexFormat.of().parseHex(hex, PREFIX.length(), hex.length());
        } catch (final IllegalArgumentException notHex) {
            throw JsonRpcError.invalidParams("expected params[0] to be 0x and bytes in hex");
        }
    }
}
