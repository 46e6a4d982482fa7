package io.nelumbo.statemachine.ledger;

import java.util.Arrays;

/**
 * Written by the applying thread only, under the ledger's lock. Chain addresses, numbered 0, 1, 2 …
 * as they are added, and found by their bytes: an open-addressing table of numbers over one run of
 * bytes. The order in the table means nothing and is never walked (I8).
 */
final class Addresses {

    static final int UNKNOWN = -1;

    private byte[] chainCodes = new byte[16];

    /** Where each address ends in {@link #bytes}. */
    private int[] ends = new int[16];

    private byte[] bytes = new byte[512];
    private int count;

    /** Number plus one, or 0 for an empty place; at most half full. */
    private int[] table = new int[32];

    /** Those that are there now, to be read on any thread: what was added never changes. */
    Addresses frozen() {
        final Addresses frozen = new Addresses();
        frozen.chainCodes = chainCodes;
        frozen.ends = ends;
        frozen.bytes = bytes;
        frozen.count = count;
        return frozen;
    }

    int count() {
        return count;
    }

    /** Of all addresses together. */
    int totalBytes() {
        return start(count);
    }

    byte chainCode(final int number) {
        return chainCodes[number];
    }

    byte[] address(final int number) {
        return Arrays.copyOfRange(bytes, start(number), ends[number]);
    }

    /** The number of an address, or {@link #UNKNOWN}. */
    int numberOf(final byte chainCode, final byte[] address) {
        int place = place(chainCode, address, 0, address.length);
        while (table[place] != 0) {
            final int number = table[place] - 1;
            if (chainCodes[number] == chainCode
                    && Arrays.equals(
                            bytes, start(number), ends[number], address, 0, address.length)) {
                return number;
            }
            place = (place + 1) & (table.length - 1);
        }
        return UNKNOWN;
    }

    /** Adds an address that is not there yet; it gets the next number. */
    void add(final byte chainCode, final byte[] address) {
        makeRoom(address.length);
        final int start = count == 0 ? 0 : ends[count - 1];
        System.arraycopy(address, 0, bytes, start, address.length);
        ends[count] = start + address.length;
        chainCodes[count] = chainCode;
        count++;
        if (count * 2 > table.length) {
            table = new int[table.length * 2];
            for (int number = 0; number < count; number++) {
                enter(number);
            }
        } else {
            enter(count - 1);
        }
    }

    /** Forgets all. */
    void clear() {
        if (count > 0) {
            count = 0;
            Arrays.fill(table, 0);
        }
    }

    private int start(final int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    private void makeRoom(final int addressBytes) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
            chainCodes = Arrays.copyOf(chainCodes, count * 2);
        }
        final int needed = (count == 0 ? 0 : ends[count - 1]) + addressBytes;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }

    private void enter(final int number) {
        int place = place(chainCodes[number], bytes, start(number), ends[number] - start(number));
        while (table[place] != 0) {
            place = (place + 1) & (table.length - 1);
        }
        table[place] = number + 1;
    }

    /** Where the search begins: FNV-1a, its upper half folded in. */
    private int place(
            final byte chainCode, final byte[] source, final int offset, final int length) {
        int hash = 0x811C9DC5 ^ chainCode;
        for (int n = offset; n < offset + length; n++) {
            hash = (hash ^ (source[n] & 0xFF)) * 0x01000193;
        }
        return (hash ^ (hash >>> 16)) & (table.length - 1);
    }
}
