package io.nelumbo.publisher.chain.filecoin.lotus;

import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;

/**
 * A message that a client thinks of sending.
 *
 * @param validNonce whether its nonce is meant; otherwise it will get the next
 */
public record MessagePrototype(FilecoinMessage message, boolean validNonce) {}
