/**
 * The command line. {@code Nelumbo} is its table of contents; each command is a class of its own
 * that gets a {@code Session} and answers with an exit code.
 */
@NullMarked
package io.nelumbo.publisher.cli;

import org.jspecify.annotations.NullMarked;
