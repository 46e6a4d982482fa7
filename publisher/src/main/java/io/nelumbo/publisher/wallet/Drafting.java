package io.nelumbo.publisher.wallet;

import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;

/** Whether a message can be signed here. */
public sealed interface Drafting {

    /** It waits for its nonce. */
    record Drafted(Draft draft) implements Drafting {}

    /** The wallet has no key of the sender. */
    record UnknownKey(FilecoinAddress sender) implements Drafting {}
}
