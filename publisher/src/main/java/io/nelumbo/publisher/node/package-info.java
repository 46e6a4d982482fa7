/** The composition root: the one place that names concrete classes and wires a node. */
@NullMarked
package io.nelumbo.publisher.node;

import org.jspecify.annotations.NullMarked;
