package io.nelumbo.publisher.chain.filecoin;

import io.nelumbo.publisher.chain.Signing;

/** Signs and sends as an Ethereum wallet does. Stateless. */
public final class EthereumWallet {

    private EthereumWallet() {}

    /** The signed message, at the nonce that the message says. */
    public static SignedFilecoinMessage signed(
            final FilecoinMessage message, final DelegatedKey key, final Network network) {
        final Signing signing = FilecoinDraft.of(message, key, network).sign(message.nonce());
        return SignedFilecoinMessage.decode(((Signing.Signed) signing).bytes());
    }

    /** The raw transaction of a signed message. */
    public static byte[] raw(final SignedFilecoinMessage signed, final Network network) {
        return EthereumTransaction.of(signed.message(), network.ethereumChainId())
                .signedBytes(signed.message().nonce(), signed.signature());
    }
}
