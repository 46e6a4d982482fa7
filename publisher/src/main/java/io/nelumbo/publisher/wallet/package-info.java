/** Keys on disk and the signing that is done with them. */
@NullMarked
package io.nelumbo.publisher.wallet;

import org.jspecify.annotations.NullMarked;
