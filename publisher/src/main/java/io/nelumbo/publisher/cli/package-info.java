/** The command line. */
@NullMarked
package io.nelumbo.publisher.cli;

import org.jspecify.annotations.NullMarked;
