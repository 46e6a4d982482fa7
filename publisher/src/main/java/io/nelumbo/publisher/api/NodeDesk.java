package io.nelumbo.publisher.api;

import io.nelumbo.publisher.wallet.Wallet;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the node around the API lends it for questions about the node itself.
 *
 * @param keystore one thread with a bounded queue, for what touches the wallet's files
 * @param maxUnconfirmedMessages beyond, pushes are refused
 * @param health asked on each look at the readiness page; does not block
 */
public record NodeDesk(
        NodeIdentity identity,
        Wallet wallet,
        Executor keystore,
        long maxUnconfirmedMessages,
        Tokens tokens,
        Supplier<NodeHealth> health) {}
