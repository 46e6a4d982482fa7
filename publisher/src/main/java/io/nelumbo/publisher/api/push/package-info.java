/**
 * A message's way from a client to the pipeline of whoever leads: what can be checked is checked,
 * gas is filled in, and the call is tried until it has one answer.
 */
@NullMarked
package io.nelumbo.publisher.api.push;

import org.jspecify.annotations.NullMarked;
