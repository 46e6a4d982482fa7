/**
 * How Lotus and its kin (Venus, Forest) speak: their JSON, their error texts, and one of their
 * nodes as an upstream.
 */
@NullMarked
package io.nelumbo.publisher.chain.filecoin.lotus;

import org.jspecify.annotations.NullMarked;
