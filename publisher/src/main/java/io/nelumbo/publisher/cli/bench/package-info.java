/**
 * What a cluster does on this machine and on a given disk: a cluster of its own, loads through it,
 * and afterwards the receipts held against the journals.
 */
@NullMarked
package io.nelumbo.publisher.cli.bench;

import org.jspecify.annotations.NullMarked;
