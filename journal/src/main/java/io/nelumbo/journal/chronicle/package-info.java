/**
 * The journal in Chronicle Queue. Nothing outside this package sees Chronicle. Chronicle appends;
 * reading, verifying and repairing go through plain reads of the files, because its own indices and
 * write position carry no checksum and do not survive a power cut.
 */
@NullMarked
package io.nelumbo.journal.chronicle;

import org.jspecify.annotations.NullMarked;
