/**
 * From committed to confirmed, while this node leads. {@code lane} pushes to upstreams in nonce
 * order and {@code confirm} watches the chain; both ask {@code proof} who used a nonce. Below them
 * are {@code upstream}, {@code port} and {@code loop}; here they are put together for an epoch.
 */
@NullMarked
package io.nelumbo.publisher.publish;

import org.jspecify.annotations.NullMarked;
