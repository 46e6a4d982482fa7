package io.nelumbo.config;

import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Numeric IP addresses as text, without ever asking a name server. Canonical text is dotted decimal
 * (no leading zeros) and RFC 5952.
 */
final class IpText {
    private static final int GROUPS = 8;
    private static final int MAX_IP6_CHARS = 45;

    private IpText() {}

    static boolean isIp4(final String text) {
        return ip4(text) != null;
    }

    /** The canonical text of an IPv6 address without a zone, or null if it is none. */
    static @Nullable String canonicalIp6(final String text) {
        if (text.length() > MAX_IP6_CHARS) {
            return null;
        }
        final int gap = text.indexOf("::");
        if (gap < 0) {
            final int[] groups = groups(text);
            return groups == null || groups.length != GROUPS ? null : print(groups);
        }
        final int[] head = groups(text.substring(0, gap));
        final int[] tail = groups(text.substring(gap + 2));
        if (head == null || tail == null || head.length + tail.length >= GROUPS) {
            return null;
        }
        final int[] all = Arrays.copyOf(head, GROUPS);
        System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
        return print(all);
    }

    private static int @Nullable [] ip4(final String text) {
        final String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        final int[] bytes = new int[4];
        for (int i = 0; i < 4; i++) {
            bytes[i] = DecimalText.upTo(parts[i], 255);
            if (bytes[i] < 0) {
                return null;
            }
        }
        return bytes;
    }

    private static int @Nullable [] groups(final String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        final String[] parts = text.split(":", -1);
        final int[] groups = new int[parts.length + 1];
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            final boolean last = i == parts.length - 1;
            if (last && parts[i].indexOf('.') >= 0) {
                final int[] ip4 = ip4(parts[i]);
                if (ip4 == null) {
                    return null;
                }
                groups[count++] = ip4[0] << 8 | ip4[1];
                groups[count++] = ip4[2] << 8 | ip4[3];
            } else {
                if (!parts[i].matches("[0-9a-fA-F]{1,4}")) {
                    return null;
                }
                groups[count++] = Integer.parseInt(parts[i], 16);
            }
        }
        return Arrays.copyOf(groups, count);
    }

    /** The longest run of at least two zero groups (the first of equals) becomes "::". */
    private static String print(final int[] groups) {
        int bestStart = -1;
        int bestLength = 1;
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - start > bestLength) {
                bestStart = start;
                bestLength = end - start;
            }
        }
        if (bestStart < 0) {
            return join(groups, 0, GROUPS);
        }
        return join(groups, 0, bestStart) + "::" + join(groups, bestStart + bestLength, GROUPS);
    }

    private static String join(final int[] groups, final int from, final int to) {
        final StringJoiner joiner = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            joiner.add(Integer.toHexString(groups[i]));
        }
        return joiner.toString();
    }
}
