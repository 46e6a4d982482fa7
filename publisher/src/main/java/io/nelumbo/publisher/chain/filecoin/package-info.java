/** Filecoin: addresses, CBOR, CIDs, signatures, and its nodes as upstreams. */
@NullMarked
package io.nelumbo.publisher.chain.filecoin;

import org.jspecify.annotations.NullMarked;
