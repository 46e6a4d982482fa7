/**
 * The one thread of publishing without the thread: what was posted, what is due, what was awaited,
 * and for how long to wait before another try. Knows nothing of chains.
 */
@NullMarked
package io.nelumbo.publisher.publish.loop;

import org.jspecify.annotations.NullMarked;
