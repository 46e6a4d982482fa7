package io.nelumbo.publisher.api.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.Params;
import io.nelumbo.publisher.wallet.Wallet;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The keys of the node that is asked, and of no other: whoever makes or imports a key here imports
 * it into the other nodes too, because the one that leads signs. What is answered with success is
 * durable. Any thread.
 */
public final class WalletMethods {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Wallet wallet;
    private final LedgerView ledger;
    private final LotusJson json;
    private final KeystoreWork keystore;

    /**
     * @param disk one thread with a bounded queue, for what touches the keystore's files
     */
    public WalletMethods(
            final Wallet wallet,
            final LedgerView ledger,
            final LotusJson json,
            final Executor disk) {
        this.wallet = wallet;
        this.ledger = ledger;
        this.json = json;
        this.keystore = new KeystoreWork(disk);
    }

    /** {@code WalletList}. */
    public CompletableFuture<JsonNode> list(final Params params, final Caller caller) {
        final ArrayNode addresses = NODES.arrayNode();
        wallet.addresses().forEach(address -> addresses.add(json.writeAddress(address)));
        return CompletableFuture.completedFuture(addresses);
    }

    /** {@code WalletHas}: [address]. */
    public CompletableFuture<JsonNode> has(final Params params, final Caller caller) {
        final FilecoinAddress address = address(params);
        return CompletableFuture.completedFuture(NODES.booleanNode(wallet.has(address)));
    }

    /** {@code WalletNew}: [type] to the new key's address. */
    public CompletableFuture<JsonNode> create(final Params params, final Caller caller) {
        final SignatureType type = SignatureType.ofKeyName(params.expect(1, 1).text(0));
        return keystore.run(() -> json.writeAddress(wallet.create(type)));
    }

    /** {@code WalletDefaultAddress}. */
    public CompletableFuture<JsonNode> defaultAddress(final Params params, final Caller caller) {
        params.expect(0, 0);
        final FilecoinAddress address = wallet.defaultAddress();
        if (address == null) {
            throw JsonRpcError.application(
                    "failed to get default key: key info not found: this node's wallet has no"
                            + " default address, WalletSetDefault chooses one");
        }
        return CompletableFuture.completedFuture(json.writeAddress(address));
    }

    /** {@code WalletSetDefault}: [address]. */
    public CompletableFuture<JsonNode> chooseDefault(final Params params, final Caller caller) {
        final FilecoinAddress address = address(params);
        return keystore.run(
                () -> {
                    if (!wallet.chooseDefault(address)) {
                        throw notHere(address, "; the default stays what it was");
                    }
                    return NODES.nullNode();
                });
    }

    /** {@code WalletExport}: [address] to its {@code KeyInfo}, the secret in the clear. */
    public CompletableFuture<JsonNode> export(final Params params, final Caller caller) {
        final FilecoinAddress address = address(params);
        final ExportedKey key = KeystoreWork.inMemory(() -> wallet.exportKey(address));
        if (key == null) {
            throw notHere(address, "");
        }
        try {
            return CompletableFuture.completedFuture(LotusJson.writeKey(key));
        } finally {
            Arrays.fill(key.privateKey(), (byte) 0);
        }
    }

    /** {@code WalletImport}: [{@code KeyInfo}] to its address; no matter if it is here already. */
    public CompletableFuture<JsonNode> importKey(final Params params, final Caller caller) {
        final ExportedKey key = LotusJson.readKey("params[0]", params.expect(1, 1).object(0));
        return keystore.run(() -> json.writeAddress(wallet.importKey(key)))
                .whenComplete((address, failure) -> Arrays.fill(key.privateKey(), (byte) 0));
    }

    /**
     * {@code WalletDelete}: [address]; no matter if it is not here. A key whose messages the chain
     * has not confirmed may still be needed, to replace or fill one, so it stays.
     */
    public CompletableFuture<JsonNode> delete(final Params params, final Caller caller) {
        final FilecoinAddress address = address(params);
        return keystore.run(
                () -> {
                    wallet.delete(address, () -> checkUnused(address));
                    return NODES.nullNode();
                });
    }

    private void checkUnused(final FilecoinAddress address) {
        final int id = ledger.accountId(ChainKind.FILECOIN, address.bytes());
        if (id < 0) {
            return;
        }
        final LedgerView.Account account = ledger.account(id);
        final long unconfirmed = account.nextNonce() - account.confirmedNonce();
        if (unconfirmed != 0) {
            throw JsonRpcError.application(
                    "wallet delete: "
                            + address
                            + " has "
                            + Long.toUnsignedString(unconfirmed)
                            + " messages that the chain has not confirmed, and its key may be"
                            + " needed for them; nothing was deleted, try again when they are"
                            + " confirmed");
        }
    }

    private FilecoinAddress address(final Params params) {
        return json.readAddress("params[0]", params.expect(1, 1).at(0));
    }

    private static JsonRpcError notHere(final FilecoinAddress address, final String state) {
        return JsonRpcError.application(
                "key info not found: the key of " + address + " is not on this node" + state);
    }
}
