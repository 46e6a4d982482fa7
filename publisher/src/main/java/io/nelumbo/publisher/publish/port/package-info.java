/**
 * What lanes and watches of an epoch work with: the ledger to read, the pipeline to offer findings
 * to, the options, the fill policy.
 */
@NullMarked
package io.nelumbo.publisher.publish.port;

import org.jspecify.annotations.NullMarked;
