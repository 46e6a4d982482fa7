/**
 * The append-only, hash-chained log of applied batches: what it promises, how it is read and
 * verified. Where it is kept is another package's business.
 */
@NullMarked
package io.nelumbo.journal;

import org.jspecify.annotations.NullMarked;
