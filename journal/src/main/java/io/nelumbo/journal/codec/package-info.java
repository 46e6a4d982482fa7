/** Between batches of events and their bytes, without garbage on the hot path. */
@NullMarked
package io.nelumbo.journal.codec;

import org.jspecify.annotations.NullMarked;
