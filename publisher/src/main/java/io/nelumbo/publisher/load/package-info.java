/**
 * Load for a cluster, and what it cost: {@code LoadGenerator} sends numbered messages to a {@code
 * Target} on a schedule that does not wait for the system under test, and measures from the times
 * that the schedule says.
 */
@NullMarked
package io.nelumbo.publisher.load;

import org.jspecify.annotations.NullMarked;
