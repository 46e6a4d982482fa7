/**
 * The keys of this node as an API: making, naming, moving and removing them, and signing with them
 * for somebody else. Keys are a matter of one node; nothing here is replicated.
 */
@NullMarked
package io.nelumbo.publisher.api.wallet;

import org.jspecify.annotations.NullMarked;
