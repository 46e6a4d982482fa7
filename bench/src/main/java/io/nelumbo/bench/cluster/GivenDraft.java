package io.nelumbo.bench.cluster;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.Signing;

/** A message that is taken for signed as it came: signing it costs nothing. Immutable. */
final class GivenDraft implements Draft {

    private static final Address SENDER = new Address(ChainKind.FILECOIN, new byte[] {1, 2});
    private static final byte[] KEY_ID = new byte[8];
    private static final byte[] HASH = new byte[32];

    private final Signing signed;

    GivenDraft(final byte[] message) {
        signed = new Signing.Signed(message, HASH);
    }

    @Override
    public Address sender() {
        return SENDER;
    }

    @Override
    public byte[] signerKeyId() {
        return KEY_ID;
    }

    @Override
    public Signing sign(final long nonce) {
        return signed;
    }
}
