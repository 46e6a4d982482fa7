package io.nelumbo.publisher.chain.filecoin;

import io.nelumbo.publisher.chain.filecoin.FilecoinAddress.Protocol;

/** What kind of key made a signature; {@link #number} stands in bytes and JSON. */
public enum SignatureType {
    SECP256K1(1, "secp256k1", 65, Protocol.SECP256K1),
    BLS(2, "bls", 96, Protocol.BLS),
    DELEGATED(3, "delegated", 65, Protocol.DELEGATED);

    private final int number;
    private final String keyName;
    private final int dataBytes;
    private final Protocol sender;

    SignatureType(
            final int number, final String keyName, final int dataBytes, final Protocol sender) {
        this.number = number;
        this.keyName = keyName;
        this.dataBytes = dataBytes;
        this.sender = sender;
    }

    /** 1 to 3. */
    public int number() {
        return number;
    }

    /** What such a key is called where keys are made and exported. */
    public String keyName() {
        return keyName;
    }

    /** Exactly how long such a signature is. */
    public int dataBytes() {
        return dataBytes;
    }

    /** The only kind of address that such a signature can speak for. */
    public Protocol sender() {
        return sender;
    }

    /** The type with a number; throws {@link MalformedValue} if there is none. */
    public static SignatureType of(final long number) {
        for (final SignatureType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        throw MalformedValue.expected("signature", "type 1, 2 or 3", number);
    }

    /** The type whose keys have a name; throws {@link MalformedValue} if there is none. */
    public static SignatureType ofKeyName(final String keyName) {
        for (final SignatureType type : values()) {
            if (type.keyName.equals(keyName)) {
                return type;
            }
        }
        throw MalformedValue.expected("key type", "secp256k1, bls or delegated", keyName);
    }
}
