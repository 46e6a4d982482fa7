package io.nelumbo.publisher.chain.filecoin;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A Filecoin message that waits for its nonce. Everything but the nonce is encoded when it is made,
 * on the client's thread, so that signing costs two hashes, a signature and one copy. Immutable,
 * any thread.
 */
public final class FilecoinDraft implements Draft {
    private static final int EXPECTED_BYTES = 128;

    private final FilecoinSigner signer;
    private final byte[] beforeNonce;
    private final byte[] behindNonce;
    private final @Nullable EthereumTransaction transaction;

    private FilecoinDraft(
            final FilecoinSigner signer,
            final byte[] beforeNonce,
            final byte[] behindNonce,
            final @Nullable EthereumTransaction transaction) {
        this.signer = signer;
        this.beforeNonce = beforeNonce;
        this.behindNonce = behindNonce;
        this.transaction = transaction;
    }

    /**
     * A draft of a message of a secp256k1 or BLS account. The message's own nonce does not matter;
     * the signer must be its sender's.
     */
    public static FilecoinDraft of(final FilecoinMessage message, final FilecoinSigner signer) {
        if (signer.address().protocol() == Protocol.DELEGATED) {
            throw new IllegalArgumentException(
                    "expected a network to sign for " + signer.address() + " on");
        }
        return bound(message, signer, null);
    }

    /**
     * A draft of a message of any account.
     *
     * @param network where it is valid, which delegated accounts sign; others sign the same
     *     everywhere
     * @throws MalformedValue if the sender is a delegated account, and no Ethereum transaction
     *     stands for the message
     */
    public static FilecoinDraft of(
            final FilecoinMessage message, final FilecoinSigner signer, final Network network) {
        return bound(
                message,
                signer,
                signer.address().protocol() == Protocol.DELEGATED
                        ? EthereumTransaction.of(message, network.ethereumChainId())
                        : null);
    }

    private static FilecoinDraft bound(
            final FilecoinMessage message,
            final FilecoinSigner signer,
            final @Nullable EthereumTransaction transaction) {
        if (!message.from().equals(signer.address())) {
            throw new IllegalArgumentException(
                    "expected the key of " + message.from() + " but was of " + signer.address());
        }
        final CborWriter before = new CborWriter(EXPECTED_BYTES);
        MessageCbor.writeBeforeNonce(before, message);
        final CborWriter behind = new CborWriter(EXPECTED_BYTES + message.params().length);
        MessageCbor.writeBehindNonce(behind, message);
        return new FilecoinDraft(signer, before.written(), behind.written(), transaction);
    }

    @Override
    public Address sender() {
        return signer.address().account();
    }

    @Override
    public byte[] signerKeyId() {
        return signer.keyId();
    }

    @Override
    public Signing sign(final long nonce) {
        try {
            final byte[] unsigned = unsigned(nonce);
            final Cid unsignedCid = Cid.ofBlock(unsigned);
            final Signature signature =
                    signer.sign(
                            transaction == null
                                    ? unsignedCid.bytes()
                                    : transaction.signingBytes(nonce));
            final byte[] signed = SignedFilecoinMessage.encode(unsigned, signature);
            if (signed.length > SignedFilecoinMessage.MAX_BYTES) {
                return new Signing.Failed(
                        "message too big: expected at most "
                                + SignedFilecoinMessage.MAX_BYTES
                                + " bytes signed but was "
                                + signed.length);
            }
            final byte[] hash =
                    signature.type() == SignatureType.BLS
                            ? unsignedCid.messageDigest()
                            : Blake2b.hash256(signed);
            return new Signing.Signed(signed, hash);
        } catch (final RuntimeException failure) {
            // Signers are open-ended (a native library, later a remote one); whatever goes wrong
            // in one must cost this message its turn and nothing else.
            return new Signing.Failed("signing for " + signer.address() + " failed: " + failure);
        }
    }

    private byte[] unsigned(final long nonce) {
        final CborWriter writer =
                new CborWriter(beforeNonce.length + CborWriter.MAX_HEAD_BYTES + behindNonce.length);
        writer.raw(beforeNonce);
        writer.unsigned(nonce);
        writer.raw(behindNonce);
        return writer.written();
    }
}
