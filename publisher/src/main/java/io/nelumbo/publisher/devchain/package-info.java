/**
 * An embedded development chain that speaks the Filecoin JSON-RPC, mines, misbehaves on demand, and
 * remembers everything it received.
 */
@NullMarked
package io.nelumbo.publisher.devchain;

import org.jspecify.annotations.NullMarked;
