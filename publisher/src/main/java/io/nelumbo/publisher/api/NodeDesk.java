package io.nelumbo.publisher.api;

import io.nelumbo.publisher.wallet.Wallet;
import java.util.function.Supplier;

/**
 * What the node around the API lends it for questions about the node itself.
 *
 * @param health asked on each look at the readiness page; does not block
 */
public record NodeDesk(
        NodeIdentity identity, Wallet wallet, Tokens tokens, Supplier<NodeHealth> health) {}
