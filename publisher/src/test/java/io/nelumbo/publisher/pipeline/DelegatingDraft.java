package io.nelumbo.publisher.pipeline;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Draft;

/** A draft that is like another but for how it signs. */
abstract class DelegatingDraft implements Draft {

    private final Draft draft;

    DelegatingDraft(final Draft draft) {
        this.draft = draft;
    }

    @Override
    public Address sender() {
        return draft.sender();
    }

    @Override
    public byte[] signerKeyId() {
        return draft.signerKeyId();
    }
}
