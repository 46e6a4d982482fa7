package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.Signing;

/**
 * Stands in for the message of a request id that is answered already: the pipeline looks the
 * receipt up and signs nothing. Should the id expire in between, nothing is published either, since
 * the gas of this message was never estimated.
 */
record AnsweredDraft(Address sender) implements Draft {
    private static final int KEY_ID_BYTES = 8;

    @Override
    public byte[] signerKeyId() {
        return new byte[KEY_ID_BYTES];
    }

    @Override
    public Signing sign(final long nonce) {
        return new Signing.Failed("its request id expired while it was asked for; ask again");
    }
}
