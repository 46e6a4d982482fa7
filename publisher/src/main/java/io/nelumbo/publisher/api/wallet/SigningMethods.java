package io.nelumbo.publisher.api.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.publisher.api.push.ChainQuestions;
import io.nelumbo.publisher.api.push.Failures;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.FilecoinSigner;
import io.nelumbo.publisher.chain.filecoin.Signature;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Verification;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.Params;
import io.nelumbo.publisher.wallet.Drafting;
import io.nelumbo.publisher.wallet.Wallet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Signing for somebody else, who publishes what he likes with it: the cluster's promise that a
 * nonce has one message is about what the cluster publishes (I2). {@link NonceGuard} refuses what
 * is sure to break it. What remains: a message that is signed here at a nonce still free, and
 * pushed to a chain node rather than to the cluster ({@code MpoolPush}), is a foreign use of the
 * key; the cluster may publish another message at that nonce, and only one of the two lands. Any
 * thread.
 */
public final class SigningMethods {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Wallet wallet;
    private final Function<FilecoinMessage, Drafting> drafts;
    private final ChainQuestions chain;
    private final LotusJson json;
    private final NonceGuard guard;

    /**
     * @param drafts {@code Wallet::draft}, on the chain's network
     * @param guard asked before anything is signed
     */
    public SigningMethods(
            final Wallet wallet,
            final Function<FilecoinMessage, Drafting> drafts,
            final ChainQuestions chain,
            final LotusJson json,
            final NonceGuard guard) {
        this.wallet = wallet;
        this.drafts = drafts;
        this.chain = chain;
        this.json = json;
        this.guard = guard;
    }

    /** {@code WalletSign}: [address, bytes] to a signature over them. */
    public CompletableFuture<JsonNode> sign(final Params params, final Caller caller) {
        params.expect(2, 2);
        final byte[] data = LotusJson.readBytes("params[1]", params.at(1));
        return keyAddress(json.readAddress("params[0]", params.at(0)))
                .thenApply(
                        address -> {
                            final FilecoinSigner signer =
                                    KeystoreWork.inMemory(() -> wallet.signer(address));
                            if (signer == null) {
                                throw notHere(address);
                            }
                            guard.checkBytes(address, data);
                            return json.writeSignature(signer.sign(data));
                        });
    }

    /**
     * {@code WalletSignMessage}: [address, message] to the signed message, at the nonce that it
     * says. Nothing is published; {@code MpoolPush} does that.
     */
    public CompletableFuture<JsonNode> signMessage(final Params params, final Caller caller) {
        params.expect(2, 2);
        final FilecoinMessage message = json.readMessage("params[1]", params.object(1));
        return keyAddress(json.readAddress("params[0]", params.at(0)))
                .thenApply(address -> json.writeSigned(signed(address, message)));
    }

    /** {@code WalletVerify}: [address, bytes, signature] to whether that address made it. */
    public CompletableFuture<JsonNode> verify(final Params params, final Caller caller) {
        params.expect(3, 3);
        final FilecoinAddress address = json.readAddress("params[0]", params.at(0));
        final byte[] data = LotusJson.readBytes("params[1]", params.at(1));
        final Signature signature = json.readSignature("params[2]", params.object(2));
        final Verification verification = Verification.of(signature, address, data);
        return CompletableFuture.completedFuture(
                NODES.booleanNode(verification instanceof Verification.Valid));
    }

    private SignedFilecoinMessage signed(
            final FilecoinAddress address, final FilecoinMessage message) {
        if (!message.from().equals(address)) {
            throw JsonRpcError.application(
                    "failed to sign message: expected From to be "
                            + address
                            + " but was "
                            + message.from()
                            + "; nothing was signed");
        }
        final Drafting drafting = drafts.apply(message);
        if (drafting instanceof Drafting.Refused refused) {
            throw JsonRpcError.application("failed to sign message: " + refused.reason());
        }
        final Signing signing = ((Drafting.Drafted) drafting).draft().sign(message.nonce());
        if (signing instanceof Signing.Failed failed) {
            throw JsonRpcError.application("failed to sign message: " + failed.reason());
        }
        final Signing.Signed signed = (Signing.Signed) signing;
        guard.checkMessage(message, signed.hash());
        return SignedFilecoinMessage.decode(signed.bytes());
    }

    private CompletableFuture<FilecoinAddress> keyAddress(final FilecoinAddress address) {
        if (address.protocol() != FilecoinAddress.Protocol.ID) {
            return CompletableFuture.completedFuture(address);
        }
        return chain.keyAddress(address)
                .exceptionally(
                        failure -> {
                            throw JsonRpcError.application(
                                    "failed to resolve ID address: "
                                            + Failures.cause(failure).getMessage()
                                            + "; nothing was signed");
                        });
    }

    private static JsonRpcError notHere(final FilecoinAddress address) {
        return JsonRpcError.application(
                "signing using key '" + address + "': key info not found: it is not on this node");
    }
}
