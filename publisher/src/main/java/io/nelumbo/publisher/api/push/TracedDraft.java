package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.trace.Span;
import io.nelumbo.publisher.trace.TraceParent;
import io.nelumbo.publisher.trace.Tracer.Role;
import io.nelumbo.publisher.trace.Tracing;
import java.util.OptionalLong;

/**
 * A draft that is signed within a span. From its signature on a message has a hash, by which the
 * push upstream finds the trace again; the draft remembers it because it certainly comes before.
 * Immutable; any thread.
 */
record TracedDraft(Draft draft, Tracing tracing, TraceParent place) implements Draft {

    @Override
    public Address sender() {
        return draft.sender();
    }

    @Override
    public byte[] signerKeyId() {
        return draft.signerKeyId();
    }

    @Override
    public OptionalLong fixedNonce() {
        return draft.fixedNonce();
    }

    @Override
    public Signing sign(final long nonce) {
        final Span span =
                tracing.tracer().begin("sign", Role.INTERNAL, place).with("nelumbo.nonce", nonce);
        final Signing signing = draft.sign(nonce);
        if (signing instanceof Signing.Signed signed) {
            tracing.messages().remember(signed.hash(), place);
            span.end();
        } else {
            span.fail("not signed");
        }
        return signing;
    }
}
