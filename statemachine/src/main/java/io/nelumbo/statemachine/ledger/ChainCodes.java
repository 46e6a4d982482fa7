package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.event.ChainKind;

/** Between kinds of chains and their codes in the event schema. Stateless. */
final class ChainCodes {

    private static final byte FILECOIN = 1;
    private static final byte ETHEREUM = 2;

    private ChainCodes() {}

    static byte codeOf(final ChainKind kind) {
        return switch (kind) {
            case FILECOIN -> FILECOIN;
            case ETHEREUM -> ETHEREUM;
        };
    }

    static boolean isKnown(final int code) {
        return code == FILECOIN || code == ETHEREUM;
    }

    /** The kind of a code that is known. */
    static ChainKind kindOf(final int code) {
        return switch (code) {
            case FILECOIN -> ChainKind.FILECOIN;
            case ETHEREUM -> ChainKind.ETHEREUM;
            default -> throw new IllegalArgumentException("expected a chain but was " + code);
        };
    }
}
