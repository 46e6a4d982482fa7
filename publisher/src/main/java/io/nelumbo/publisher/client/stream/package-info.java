/**
 * The client of a node's binary door ({@code publisher.proto}): batches in, receipts out, over one
 * stream at a time.
 */
@NullMarked
package io.nelumbo.publisher.client.stream;

import org.jspecify.annotations.NullMarked;
