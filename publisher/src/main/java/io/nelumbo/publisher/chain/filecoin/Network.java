package io.nelumbo.publisher.chain.filecoin;

/**
 * A Filecoin network: which letter its addresses start with (their bytes are the same on every
 * network), and the chain id that Ethereum transactions are signed for.
 *
 * <p>Source: FIP-0055; Lotus, {@code build/buildconstants}.
 */
public enum Network {
    MAINNET("mainnet", 'f', 314),
    CALIBRATION("calibrationnet", 't', 314_159),
    BUTTERFLY("butterflynet", 't', 3_141_592),
    /** Any other: a network for development. */
    TESTNET("", 't', 31_415_926);

    private final String name;
    private final char letter;
    private final long ethereumChainId;

    Network(final String name, final char letter, final long ethereumChainId) {
        this.name = name;
        this.letter = letter;
        this.ethereumChainId = ethereumChainId;
    }

    /** The network that a chain node calls by this name ({@code StateNetworkName}). */
    public static Network called(final String name) {
        for (final Network network : values()) {
            if (network.name.equals(name)) {
                return network;
            }
        }
        return TESTNET;
    }

    /** What the transactions of {@code f410} accounts are signed for. */
    public long ethereumChainId() {
        return ethereumChainId;
    }

    char letter() {
        return letter;
    }

    static boolean isLetter(final char letter) {
        return letter == MAINNET.letter || letter == TESTNET.letter;
    }
}
