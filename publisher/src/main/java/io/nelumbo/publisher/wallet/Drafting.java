package io.nelumbo.publisher.wallet;

import io.nelumbo.publisher.chain.Draft;

/** Whether a message can be signed here. */
public sealed interface Drafting {

    /** It waits for its nonce. */
    record Drafted(Draft draft) implements Drafting {}

    /** It cannot be signed here; the reason is fit to be shown to whoever sent it. */
    record Refused(String reason) implements Drafting {}
}
