/** The way in: JSON-RPC as a Lotus client speaks it, tokens, permissions, health. */
@NullMarked
package io.nelumbo.publisher.api;

import org.jspecify.annotations.NullMarked;
