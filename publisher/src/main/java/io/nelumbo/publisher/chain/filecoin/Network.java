package io.nelumbo.publisher.chain.filecoin;

/** Which letter an address's text starts with; its bytes are the same on every network. */
public enum Network {
    MAINNET('f'),
    TESTNET('t');

    private final char letter;

    Network(final char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }

    static boolean isLetter(final char letter) {
        return letter == MAINNET.letter || letter == TESTNET.letter;
    }
}
