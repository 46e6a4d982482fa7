/**
 * From committed to confirmed: lanes push to upstreams in nonce order, the confirmer watches the
 * chain.
 */
@NullMarked
package io.nelumbo.publisher.publish;

import org.jspecify.annotations.NullMarked;
