package io.nelumbo.publisher.chain.filecoin;

import java.util.Arrays;

/**
 * A content id, version 1: what a block of bytes is called on the chain. Text is base32 in lower
 * case behind the letter {@code b}. Immutable as long as nobody writes into the array.
 *
 * <p>Source: the CID and multihash specifications of multiformats.
 *
 * @param bytes version, codec, hash function, digest length, digest
 */
public record Cid(byte[] bytes) {
    /** Length of the digest in every id that the chain itself makes. */
    public static final int DIGEST_BYTES = 32;

    private static final String WHERE = "CID";
    private static final char BASE32 = 'b';
    // Version 1, codec dag-cbor (0x71), multihash blake2b-256 (0xb220 as a varint), 32 bytes.
    private static final byte[] DAG_CBOR_BLAKE2B_256 = {
        0x01, 0x71, (byte) 0xa0, (byte) 0xe4, 0x02, 0x20
    };
    // Enough for any codec with a 64-byte digest.
    private static final int MAX_BYTES = 100;
    private static final int MAX_CHARS = 1 + (MAX_BYTES * 8 + 4) / 5;

    /** Throws {@link MalformedValue} when the bytes are no CID of version 1. */
    public Cid {
        if (bytes.length > MAX_BYTES) {
            throw MalformedValue.expected(
                    WHERE, "at most " + MAX_BYTES + " bytes", bytes.length + " bytes");
        }
        checkStructure(bytes);
    }

    /** The id of a block of DAG-CBOR: a message, a block header, an event root. */
    public static Cid ofBlock(final byte[] dagCbor) {
        return ofDigest(Blake2b.hash256(dagCbor));
    }

    /** The id of the DAG-CBOR block with this blake2b-256 digest, 32 bytes. */
    public static Cid ofDigest(final byte[] digest) {
        if (digest.length != DIGEST_BYTES) {
            throw MalformedValue.expected(WHERE, "a digest of 32 bytes", digest.length + " bytes");
        }
        return new Cid(FilecoinAddress.join(DAG_CBOR_BLAKE2B_256, digest));
    }

    /** Reads a text such as {@code bafy2bza…}; only what {@link #text} writes is read. */
    public static Cid parse(final String text) {
        if (text.length() < 2 || text.length() > MAX_CHARS || text.charAt(0) != BASE32) {
            throw MalformedValue.expected(
                    WHERE, "'b' and base32, at most " + MAX_CHARS + " characters", text);
        }
        return new Cid(Base32.decode(WHERE, text.substring(1)));
    }

    /** Whether it names DAG-CBOR by blake2b-256, as the id of every message does. */
    public boolean isOfMessage() {
        return namesMessage(bytes);
    }

    /** Whether bytes are an id as every message has one: what a key signs for a message. */
    public static boolean namesMessage(final byte[] bytes) {
        return bytes.length == DAG_CBOR_BLAKE2B_256.length + DIGEST_BYTES
                && Arrays.equals(
                        bytes,
                        0,
                        DAG_CBOR_BLAKE2B_256.length,
                        DAG_CBOR_BLAKE2B_256,
                        0,
                        DAG_CBOR_BLAKE2B_256.length);
    }

    /** The 32 bytes by which the ledger knows a message; throws if this names anything else. */
    public byte[] messageDigest() {
        if (!isOfMessage()) {
            throw MalformedValue.expected(WHERE, "DAG-CBOR named by blake2b-256", text());
        }
        return Arrays.copyOfRange(bytes, DAG_CBOR_BLAKE2B_256.length, bytes.length);
    }

    /** Its text. */
    public String text() {
        return BASE32 + Base32.encode(bytes);
    }

    @Override
    public String toString() {
        return text();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Cid that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    private static void checkStructure(final byte[] bytes) {
        final int versionBytes = Uvarint.length(WHERE, bytes, 0);
        if (Uvarint.value(bytes, 0, versionBytes) != 1) {
            throw MalformedValue.expected(
                    WHERE, "version 1", Uvarint.value(bytes, 0, versionBytes));
        }
        int position = versionBytes;
        position += Uvarint.length(WHERE, bytes, position); // codec
        position += Uvarint.length(WHERE, bytes, position); // hash function
        final int lengthBytes = Uvarint.length(WHERE, bytes, position);
        final long digestBytes = Uvarint.value(bytes, position, lengthBytes);
        position += lengthBytes;
        if (digestBytes != bytes.length - position) {
            throw MalformedValue.expected(
                    WHERE,
                    "a digest of " + digestBytes + " bytes",
                    (bytes.length - position) + " bytes");
        }
    }
}
