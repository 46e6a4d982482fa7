package io.nelumbo.publisher.it;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Secp256k1Key;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.UUID;

/** Messages and specs as a client writes them. Stateless. */
final class Transfers {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Transfers() {}

    /** A message that moves some attoFIL within the account; the node estimates its gas. */
    static ObjectNode of(final String account, final long value) {
        return NODES.objectNode()
                .put("Version", 0)
                .put("To", account)
                .put("From", account)
                .put("Nonce", 0)
                .put("Value", Long.toString(value))
                .put("GasLimit", 0)
                .put("GasFeeCap", "0")
                .put("GasPremium", "0")
                .put("Method", 0)
                .putNull("Params");
    }

    /** A transfer to itself, of an account whose key is made here and is nowhere else. */
    static SignedFilecoinMessage signed(final long nonce) {
        final Secp256k1Key key = Secp256k1Key.random(new SecureRandom());
        final FilecoinMessage transfer = filled(key.address(), 1).withNonce(nonce);
        return new SignedFilecoinMessage(transfer, key.sign(transfer.cid().bytes()));
    }

    /** A transfer to itself of some attoFIL, with all its gas. */
    static FilecoinMessage filled(final FilecoinAddress account, final long value) {
        return new FilecoinMessage(
                account,
                account,
                0,
                BigInteger.valueOf(value),
                1_000_000,
                BigInteger.valueOf(200_000),
                BigInteger.valueOf(100_000),
                0,
                new byte[0]);
    }

    /** A spec that names its request. */
    static ObjectNode spec(final UUID requestId) {
        return NODES.objectNode().put("MsgUuid", requestId.toString());
    }
}
