package io.nelumbo.publisher.chain.filecoin;

import static io.nelumbo.publisher.chain.filecoin.FilecoinAddress.join;

import io.nelumbo.publisher.chain.filecoin.FilecoinAddress.Protocol;
import java.util.Arrays;

/**
 * An address as people see it: the network's letter, the protocol's digit, then a decimal id or
 * base32 of payload and checksum. A delegated address says its namespace in decimal, then {@code
 * f}, then base32 of subaddress and checksum; its checksum covers the namespace too.
 */
final class AddressText {
    private static final String WHERE = "address";
    private static final int MIN_CHARS = 3;
    // Letter, digit, namespace, 'f', and base32 of 54 + 4 bytes.
    private static final int MAX_CHARS = 115;
    private static final int MAX_DECIMAL_CHARS = 19;
    private static final int CHECKSUM_BYTES = 4;
    private static final char NAMESPACE_END = 'f';

    private AddressText() {}

    static String write(final FilecoinAddress address, final Network network) {
        final byte[] bytes = address.bytes();
        final StringBuilder text = new StringBuilder(MAX_CHARS);
        text.append(network.letter()).append(address.protocol().number());
        switch (address.protocol()) {
            case ID -> text.append(Uvarint.value(bytes, 1, bytes.length - 1));
            case SECP256K1, ACTOR, BLS -> text.append(Base32.encode(withChecksum(bytes, 1)));
            case DELEGATED -> {
                final int namespaceBytes = Uvarint.length(WHERE, bytes, 1);
                text.append(Uvarint.value(bytes, 1, namespaceBytes))
                        .append(NAMESPACE_END)
                        .append(Base32.encode(withChecksum(bytes, 1 + namespaceBytes)));
            }
        }
        return text.toString();
    }

    static FilecoinAddress parse(final String text) {
        if (text.length() < MIN_CHARS || text.length() > MAX_CHARS) {
            throw MalformedValue.expected(
                    WHERE, MIN_CHARS + " to " + MAX_CHARS + " characters", '"' + text + '"');
        }
        if (!Network.isLetter(text.charAt(0))) {
            throw MalformedValue.expected(WHERE, "the letter f or t first", '"' + text + '"');
        }
        final Protocol protocol = Protocol.of(text.charAt(1) - '0');
        final String rest = text.substring(2);
        return switch (protocol) {
            case ID -> FilecoinAddress.ofId(decimal(text, rest));
            case SECP256K1, ACTOR, BLS -> checked(text, protocol, new byte[0], rest);
            case DELEGATED -> {
                final int end = rest.indexOf(NAMESPACE_END);
                if (end < 0) {
                    throw MalformedValue.expected(
                            WHERE, "a namespace and 'f' behind f4", '"' + text + '"');
                }
                final byte[] namespace = Uvarint.encode(decimal(text, rest.substring(0, end)));
                yield checked(text, protocol, namespace, rest.substring(end + 1));
            }
        };
    }

    private static FilecoinAddress checked(
            final String text,
            final Protocol protocol,
            final byte[] namespace,
            final String encoded) {
        final byte[] decoded = Base32.decode(WHERE, encoded);
        final int payloadBytes = decoded.length - CHECKSUM_BYTES;
        if (payloadBytes < 0) {
            throw MalformedValue.expected(WHERE, "a checksum of 4 bytes", '"' + text + '"');
        }
        final FilecoinAddress address =
                FilecoinAddress.of(protocol, join(namespace, Arrays.copyOf(decoded, payloadBytes)));
        final byte[] checksum = Arrays.copyOfRange(decoded, payloadBytes, decoded.length);
        if (!Arrays.equals(checksum, Blake2b.checksum(address.bytes()))) {
            throw MalformedValue.expected(WHERE, "the right checksum", '"' + text + '"');
        }
        return address;
    }

    private static byte[] withChecksum(final byte[] bytes, final int from) {
        return join(Arrays.copyOfRange(bytes, from, bytes.length), Blake2b.checksum(bytes));
    }

    /** A decimal number below 2^63 as it is written: digits only, no zero in front. */
    private static long decimal(final String text, final String digits) {
        final boolean wellFormed =
                !digits.isEmpty()
                        && digits.length() <= MAX_DECIMAL_CHARS
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                        && (digits.length() == 1 || digits.charAt(0) != '0');
        // 19 digits reach beyond 2^63 but not beyond 2^64, so that overflow shows as a sign.
        final long value = wellFormed ? Long.parseUnsignedLong(digits) : -1;
        if (value < 0) {
            throw MalformedValue.expected(
                    WHERE, "a decimal number below 2^63, without leading zeros", '"' + text + '"');
        }
        return value;
    }
}
