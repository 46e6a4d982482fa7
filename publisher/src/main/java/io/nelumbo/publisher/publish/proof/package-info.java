/**
 * Who used a nonce: our message, somebody else's, or nobody can tell. What cannot be taken back is
 * concluded here, and offered as an event.
 */
@NullMarked
package io.nelumbo.publisher.publish.proof;

import org.jspecify.annotations.NullMarked;
