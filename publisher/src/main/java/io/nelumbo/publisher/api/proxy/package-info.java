/**
 * What a node has no method of its own for goes to a healthy upstream and comes back byte for byte:
 * who may ask for it, what is refused because it would go around the cluster, what may be asked
 * twice, and channels.
 */
@NullMarked
package io.nelumbo.publisher.api.proxy;

import org.jspecify.annotations.NullMarked;
