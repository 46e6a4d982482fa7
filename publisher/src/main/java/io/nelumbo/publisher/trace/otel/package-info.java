/** The tracing port by OpenTelemetry: the only importer of it. */
@NullMarked
package io.nelumbo.publisher.trace.otel;

import org.jspecify.annotations.NullMarked;
