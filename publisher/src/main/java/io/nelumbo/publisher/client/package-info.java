/**
 * A cluster as its clients see it: several nodes, one client. {@code ClusterClient} is the way in;
 * it goes on with the next node when one is dead, silent or without a leader, and repeats only what
 * may be repeated.
 */
@NullMarked
package io.nelumbo.publisher.client;

import org.jspecify.annotations.NullMarked;
