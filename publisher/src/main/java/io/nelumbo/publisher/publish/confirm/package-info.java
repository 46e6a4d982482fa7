/** What the chain has executed: confirmations, reorganisations and foreign use become events. */
@NullMarked
package io.nelumbo.publisher.publish.confirm;

import org.jspecify.annotations.NullMarked;
