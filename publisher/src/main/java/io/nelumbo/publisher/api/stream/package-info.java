/**
 * The binary door: a gRPC stream of batches in, receipts out, for clients that publish more than
 * JSON carries. {@code publisher.proto} is its specification; {@code StreamDesk} is the port behind
 * it, which a node fills with its way to the leader.
 */
@NullMarked
package io.nelumbo.publisher.api.stream;

import org.jspecify.annotations.NullMarked;
