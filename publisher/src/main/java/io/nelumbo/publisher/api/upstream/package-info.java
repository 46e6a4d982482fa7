/**
 * Which chain nodes may be asked now: they answer, they are not behind the others, and they did not
 * fail again and again. The one notion of an upstream's health that everything but pushing has.
 */
@NullMarked
package io.nelumbo.publisher.api.upstream;

import org.jspecify.annotations.NullMarked;
