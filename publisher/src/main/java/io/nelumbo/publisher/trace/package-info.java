/**
 * What a node traces with: a small port, off by default. Knows nothing of the rest; {@code
 * trace.otel} alone knows OpenTelemetry.
 */
@NullMarked
package io.nelumbo.publisher.trace;

import org.jspecify.annotations.NullMarked;
