/** What a Lotus client asks its node's message pool, answered for the cluster's outbox. */
@NullMarked
package io.nelumbo.publisher.api.mpool;

import org.jspecify.annotations.NullMarked;
