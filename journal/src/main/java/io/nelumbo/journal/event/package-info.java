/**
 * What happened, in the past tense: immutable facts, one record each. The wire form of each is in
 * the SBE schema, which is also its specification.
 */
@NullMarked
package io.nelumbo.journal.event;

import org.jspecify.annotations.NullMarked;
