/**
 * What the publisher needs of any chain: drafts that can be signed at a nonce, and upstreams that
 * take messages and answer questions.
 */
@NullMarked
package io.nelumbo.publisher.chain;

import org.jspecify.annotations.NullMarked;
