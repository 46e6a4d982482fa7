/**
 * The chain nodes that we push to and ask: how much at once, which one first, and when to leave one
 * alone.
 */
@NullMarked
package io.nelumbo.publisher.publish.upstream;

import org.jspecify.annotations.NullMarked;
