package io.nelumbo.publisher.chain.filecoin;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.Address;
import java.util.Arrays;

/**
 * An address: the protocol's byte, then its payload. Whoever holds one knows that it is well
 * formed, not that anybody lives there. Immutable as long as nobody writes into the array.
 *
 * <p>Source: Filecoin specification, appendix Address; FIP-0048 for delegated addresses.
 *
 * @param bytes as they stand in a message
 */
public record FilecoinAddress(byte[] bytes) {
    /** Ethereum accounts are delegated to this namespace (FIP-0055). */
    public static final long ETHEREUM_NAMESPACE = 10;

    static final int MAX_SUBADDRESS_BYTES = 54;
    static final int MAX_BYTES = 1 + Uvarint.MAX_BYTES + MAX_SUBADDRESS_BYTES;

    private static final String WHERE = "address";
    private static final int HASH_BYTES = 20;
    private static final int BLS_KEY_BYTES = 48;

    /** Throws {@link MalformedValue} when the bytes are no address. */
    public FilecoinAddress {
        if (bytes.length < 2 || bytes.length > MAX_BYTES) {
            throw MalformedValue.expected(
                    WHERE, "2 to " + MAX_BYTES + " bytes", bytes.length + " bytes");
        }
        checkPayload(bytes);
    }

    /**
     * Reads an address's text, of either network. Only the text that {@link #text} writes is read:
     * a wrong checksum, capitals, leading zeros and surplus bits are {@link MalformedValue}.
     */
    public static FilecoinAddress parse(final String text) {
        return AddressText.parse(text);
    }

    /** The address of an actor's id, 0 to 2^63-1. */
    public static FilecoinAddress ofId(final long id) {
        return of(Protocol.ID, Uvarint.encode(id));
    }

    /** The address of a secp256k1 public key in its uncompressed form, 65 bytes. */
    public static FilecoinAddress ofSecp256k1(final byte[] publicKey) {
        return of(Protocol.SECP256K1, Blake2b.hash160(publicKey));
    }

    /** The address of a BLS public key, 48 bytes. */
    public static FilecoinAddress ofBls(final byte[] publicKey) {
        return of(Protocol.BLS, publicKey);
    }

    /** The address of whatever a namespace calls by these bytes, 0 to 54 of them. */
    public static FilecoinAddress ofDelegated(final long namespace, final byte[] subaddress) {
        return of(Protocol.DELEGATED, join(Uvarint.encode(namespace), subaddress));
    }

    /** What kind of address it is. */
    public Protocol protocol() {
        return Protocol.of(bytes[0]);
    }

    /** The bytes behind the protocol's. A copy. */
    public byte[] payload() {
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    /** Its text, as a network writes it. */
    public String text(final Network network) {
        return AddressText.write(this, network);
    }

    /** The same address as the chain-neutral parts know it. */
    public Address account() {
        return new Address(ChainKind.FILECOIN, bytes);
    }

    /** The text with the main network's letter. */
    @Override
    public String toString() {
        return text(Network.MAINNET);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof FilecoinAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    static FilecoinAddress of(final Protocol protocol, final byte[] payload) {
        return new FilecoinAddress(join(new byte[] {(byte) protocol.number()}, payload));
    }

    private static void checkPayload(final byte[] bytes) {
        final int payloadBytes = bytes.length - 1;
        switch (Protocol.of(bytes[0])) {
            case ID -> {
                final int idBytes = Uvarint.length(WHERE, bytes, 1);
                checkLength("id", idBytes, payloadBytes);
            }
            case SECP256K1, ACTOR -> checkLength("hash", HASH_BYTES, payloadBytes);
            case BLS -> checkLength("BLS public key", BLS_KEY_BYTES, payloadBytes);
            case DELEGATED -> {
                final int subaddressBytes = payloadBytes - Uvarint.length(WHERE, bytes, 1);
                if (subaddressBytes > MAX_SUBADDRESS_BYTES) {
                    throw MalformedValue.expected(
                            WHERE,
                            "a subaddress of at most " + MAX_SUBADDRESS_BYTES + " bytes",
                            subaddressBytes + " bytes");
                }
            }
        }
    }

    private static void checkLength(final String what, final int expected, final int actual) {
        if (actual != expected) {
            throw MalformedValue.expected(
                    WHERE, what + " of " + expected + " bytes", actual + " bytes");
        }
    }

    static byte[] join(final byte[] head, final byte[] tail) {
        final byte[] whole = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, whole, head.length, tail.length);
        return whole;
    }

    /** What an address names; its number stands in bytes and text. */
    public enum Protocol {
        ID(0),
        SECP256K1(1),
        ACTOR(2),
        BLS(3),
        DELEGATED(4);

        private static final Protocol[] BY_NUMBER = values();

        private final int number;

        Protocol(final int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        static Protocol of(final int number) {
            if (number < 0 || number >= BY_NUMBER.length) {
                throw MalformedValue.expected(WHERE, "protocol 0 to 4", number);
            }
            return BY_NUMBER[number];
        }
    }
}
