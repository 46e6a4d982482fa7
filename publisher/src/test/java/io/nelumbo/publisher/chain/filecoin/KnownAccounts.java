package io.nelumbo.publisher.chain.filecoin;

import java.math.BigInteger;
import java.util.Base64;

/**
 * Facts from Zondax's filecoin-signing-tools (Apache-2.0), which several independent
 * implementations agree on: a key, its address, and messages of it.
 */
public final class KnownAccounts {
    public static final byte[] PRIVATE_KEY =
            Base64.getDecoder().decode("8VcW07ADswS4BV2cxi5rnIadVsyTDDhY1NfDH19T8Uo=");
    public static final FilecoinAddress SENDER =
            FilecoinAddress.parse("f1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba");
    public static final FilecoinAddress RECEIVER =
            FilecoinAddress.parse("f17uoq6tp427uzv7fztkbsnn64iwotfrristwpryy");

    private KnownAccounts() {}

    /** A transfer of 100000 attoFIL with nonce 1 and a fee cap and premium of 1. */
    public static FilecoinMessage transfer(final long gasLimit) {
        return new FilecoinMessage(
                RECEIVER,
                SENDER,
                1,
                BigInteger.valueOf(100_000),
                gasLimit,
                BigInteger.ONE,
                BigInteger.ONE,
                0,
                new byte[0]);
    }
}
