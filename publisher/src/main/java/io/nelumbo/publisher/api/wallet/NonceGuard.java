package io.nelumbo.publisher.api.wallet;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.statemachine.ledger.LedgerView;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.util.Arrays;

/**
 * Keeps this node's keys from signing what would compete with a message of the cluster. A second
 * signed message at a nonce that the cluster has used can only do harm: on the chain one of the two
 * displaces the other, and the lane halts (I9). So it is refused, and so are bytes that are a chain
 * message whose nonce cannot be seen. Nonces that are still free are not its business: signing at
 * the next one and pushing the result here is how {@code MpoolPush} is used. Any thread.
 */
public final class NonceGuard {
    /** EIP-2718: what begins so is an EIP-1559 transaction, which is how delegated keys send. */
    private static final int EIP_1559 = 0x02;

    /** RLP: what begins so, or higher, is a list; an older transaction is one. */
    private static final int RLP_LIST = 0xc0;

    private final LedgerView ledger;

    public NonceGuard(final LedgerView ledger) {
        this.ledger = ledger;
    }

    /**
     * Refuses a message at a nonce that this cluster used with other bytes. As this node knows it:
     * a follower may be a moment behind.
     *
     * @param hash of the message as it would be signed
     */
    void checkMessage(final FilecoinMessage message, final byte[] hash) {
        final int id = ledger.accountId(ChainKind.FILECOIN, message.from().account().bytes());
        if (id < 0) {
            return;
        }
        final long next = ledger.nextNonce(id);
        if (Long.compareUnsigned(message.nonce(), next) >= 0) {
            return;
        }
        final OutboxMessage ours = ledger.message(id, message.nonce());
        if (ours == null || !Arrays.equals(ours.hash(), hash)) {
            throw JsonRpcError.application(
                    "failed to sign message: nonce "
                            + Long.toUnsignedString(message.nonce())
                            + " of "
                            + message.from()
                            + " is used"
                            + (ours == null
                                    ? ""
                                    : " by "
                                            + Cid.ofDigest(ours.hash()).text()
                                            + " of this cluster")
                            + ", and a second message there could only displace it; nothing was"
                            + " signed, the next nonce is "
                            + Long.toUnsignedString(next));
        }
    }

    /** Refuses bytes whose signature would make a chain message valid. */
    void checkBytes(final FilecoinAddress signer, final byte[] data) {
        final boolean message =
                signer.protocol() == FilecoinAddress.Protocol.DELEGATED
                        ? isTransaction(data)
                        : Cid.namesMessage(data);
        if (message) {
            throw JsonRpcError.application(
                    "WalletSign: these bytes stand for a chain message, whose nonce cannot be seen"
                            + " in them; nothing was signed. WalletSignMessage signs messages");
        }
    }

    private static boolean isTransaction(final byte[] data) {
        final int first = data.length == 0 ? 0 : Byte.toUnsignedInt(data[0]);
        return first == EIP_1559 || first >= RLP_LIST;
    }
}
