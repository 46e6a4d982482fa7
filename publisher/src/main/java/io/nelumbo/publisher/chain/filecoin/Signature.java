package io.nelumbo.publisher.chain.filecoin;

import java.util.Arrays;

/**
 * A signature. Immutable as long as nobody writes into the array.
 *
 * @param data of the type's length; secp256k1: r, s, and the recovery id 0 or 1
 */
public record Signature(SignatureType type, byte[] data) {

    /** Throws {@link MalformedValue} for data of another length than the type's. */
    public Signature {
        if (data.length != type.dataBytes()) {
            throw MalformedValue.expected(
                    "signature", type.dataBytes() + " bytes for " + type, data.length + " bytes");
        }
    }

    /** Reads the type's number and the data, as they stand in a signed message. */
    static Signature ofTagged(final byte[] tagged) {
        if (tagged.length == 0) {
            throw MalformedValue.expected("signature", "a type and data", "0 bytes");
        }
        return new Signature(
                SignatureType.of(tagged[0]), Arrays.copyOfRange(tagged, 1, tagged.length));
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Signature that
                && type == that.type
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(data);
    }
}
