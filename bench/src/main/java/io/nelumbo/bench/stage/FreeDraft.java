package io.nelumbo.bench.stage;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.Signing;

/** A message whose signature costs nothing and is always the same. */
final class FreeDraft implements Draft {

    private static final Address SENDER = new Address(ChainKind.FILECOIN, new byte[] {1, 2});

    private final byte[] signerKeyId = new byte[8];
    private final Signing signed;

    /**
     * @param signedBytes length of the signed message
     */
    FreeDraft(final int signedBytes) {
        signed = new Signing.Signed(new byte[signedBytes], new byte[32]);
    }

    @Override
    public Address sender() {
        return SENDER;
    }

    @Override
    public byte[] signerKeyId() {
        return signerKeyId;
    }

    @Override
    public Signing sign(final long nonce) {
        return signed;
    }
}
