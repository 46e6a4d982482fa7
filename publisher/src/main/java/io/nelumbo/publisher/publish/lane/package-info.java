/**
 * One lane per account, which pushes its messages in nonce order: where it stands, at which
 * upstream it is, and what to do when its head was not taken.
 */
@NullMarked
package io.nelumbo.publisher.publish.lane;

import org.jspecify.annotations.NullMarked;
