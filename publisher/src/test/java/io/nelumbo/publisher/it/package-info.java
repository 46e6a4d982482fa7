/**
 * Integration tests: real node processes from the packaged jar on loopback, a development chain in
 * this process, and nothing left behind.
 */
@NullMarked
package io.nelumbo.publisher.it;

import org.jspecify.annotations.NullMarked;
