/**
 * News of the message pool for clients that subscribed: what is applied, on every node, told on
 * threads of its own and never on the one that applies.
 */
@NullMarked
package io.nelumbo.publisher.api.feed;

import org.jspecify.annotations.NullMarked;
