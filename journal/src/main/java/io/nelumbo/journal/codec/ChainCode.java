package io.nelumbo.journal.codec;

import io.nelumbo.journal.event.ChainKind;

/** Between {@link ChainKind} and its code on the wire. Stateless. */
final class ChainCode {

    private ChainCode() {}

    static boolean isKnown(final byte code) {
        return code == io.nelumbo.journal.sbe.ChainKind.FILECOIN.value()
                || code == io.nelumbo.journal.sbe.ChainKind.ETHEREUM.value();
    }

    static io.nelumbo.journal.sbe.ChainKind toWire(final ChainKind chain) {
        return switch (chain) {
            case FILECOIN -> io.nelumbo.journal.sbe.ChainKind.FILECOIN;
            case ETHEREUM -> io.nelumbo.journal.sbe.ChainKind.ETHEREUM;
        };
    }

    static ChainKind fromWire(final io.nelumbo.journal.sbe.ChainKind chain) {
        return switch (chain) {
            case FILECOIN -> ChainKind.FILECOIN;
            case ETHEREUM -> ChainKind.ETHEREUM;
            case NULL_VAL -> throw new MalformedBatch("expected a chain kind but was null");
        };
    }
}
