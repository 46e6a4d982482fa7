/** The journal in Chronicle Queue. Nothing outside this package sees Chronicle. */
@NullMarked
package io.nelumbo.journal.chronicle;

import org.jspecify.annotations.NullMarked;
