package io.nelumbo.statemachine.ledger;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Written by the applying thread only, under the ledger's lock. An endless run of bytes, appended
 * at one end and released at the other, over blocks of the arena.
 *
 * <p>A position counts bytes since the queue was made, is a multiple of {@value #ALIGNMENT}, and
 * stays valid until it is released. A field of 4 or 8 bytes at a multiple of its own size never
 * straddles blocks; byte strings may. Positions and left-over bytes are not part of the ledger's
 * state: two equal ledgers may differ in them.
 */
class BlockQueue {

    static final int ALIGNMENT = 8;

    private static final int IN_BLOCK = BlockArena.BLOCK_BYTES - 1;

    private static final int CACHE_LINE_BYTES = 64;

    /** As much as a usual message takes. */
    private static final int PREFETCHED_BYTES = 320;

    private final BlockArena arena;

    /**
     * A ring: the n-th block of the queue stands at {@code n & (length - 1)}. Volatile for the
     * snapshot's thread, which finds the blocks of old in whichever ring it sees.
     */
    private volatile int[] blocks = new int[2];

    /** The block that the queue's end is in: appending need not look into the ring for it. */
    private int lastBlock;

    private long firstBlock;
    private long endBlock;
    private long end;

    /** Below here nothing is needed any more. */
    private long released;

    /** Whether blocks below {@link #released} wait in the arena to be given back. */
    private boolean isWaiting;

    BlockQueue(final BlockArena arena) {
        this.arena = arena;
    }

    /** Makes room for so many bytes, whose content is undefined, and says where. */
    long append(final int length) {
        final long position = end;
        end += aligned(length);
        while (endBlock << BlockArena.BLOCK_SHIFT < end) {
            addBlock();
        }
        return position;
    }

    /** What so many bytes take. */
    static int aligned(final int length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** The position of the next append. */
    long end() {
        return end;
    }

    /** Gives back every block that lies wholly below a position; later, if the arena is held. */
    void releaseBefore(final long position) {
        final long before = Math.max(firstBlock, released >>> BlockArena.BLOCK_SHIFT);
        released = position;
        if (arena.isHeld() && !isWaiting) {
            isWaiting = true;
            arena.await(this);
        }
        if (isWaiting) {
            arena.countWaiting((position >>> BlockArena.BLOCK_SHIFT) - before);
        } else {
            giveBack(Integer.MAX_VALUE);
        }
    }

    boolean isHeld() {
        return arena.isHeld();
    }

    boolean isWaiting() {
        return isWaiting;
    }

    /** Gives back at most so many of the blocks that waited; says how many, but 1 for none. */
    int catchUp(final int maxBlocks) {
        final int given = giveBack(maxBlocks);
        arena.countWaiting(-given);
        isWaiting = hasReleasedBlock();
        return Math.max(1, given);
    }

    private int giveBack(final int maxBlocks) {
        int given = 0;
        while (given < maxBlocks && hasReleasedBlock()) {
            arena.give(blockAt(firstBlock));
            firstBlock++;
            given++;
        }
        return given;
    }

    private boolean hasReleasedBlock() {
        return (firstBlock + 1) << BlockArena.BLOCK_SHIFT <= released;
    }

    long getLong(final long position) {
        final int block = block(position);
        return arena.slab(block).getLong(at(block, position));
    }

    void putLong(final long position, final long value) {
        final int block = blockToFill(position);
        arena.slab(block).putLong(at(block, position), value);
    }

    int getInt(final long position) {
        final int block = block(position);
        return arena.slab(block).getInt(at(block, position));
    }

    void putInt(final long position, final int value) {
        final int block = blockToFill(position);
        arena.slab(block).putInt(at(block, position), value);
    }

    /** Copies bytes in, across blocks. */
    void putBytes(
            final long position, final DirectBuffer source, final int offset, final int length) {
        int done = 0;
        while (done < length) {
            final int block = blockToFill(position + done);
            final int piece = Math.min(length - done, roomAt(position + done));
            final UnsafeBuffer slab = arena.slab(block);
            slab.putBytes(at(block, position + done), source, offset + done, piece);
            done += piece;
        }
    }

    /** Copies bytes out, across blocks. */
    byte[] bytes(final long position, final int length) {
        final byte[] copy = new byte[length];
        int done = 0;
        while (done < length) {
            final int block = block(position + done);
            final int piece = Math.min(length - done, roomAt(position + done));
            arena.slab(block).getBytes(at(block, position + done), copy, done, piece);
            done += piece;
        }
        return copy;
    }

    /** Looks at where the next bytes go, and says what it saw: that means nothing. */
    long prefetchEnd() {
        long seen = 0;
        if (((int) end & IN_BLOCK) != 0) {
            final UnsafeBuffer slab = arena.slab(lastBlock);
            final int at = at(lastBlock, end);
            final int stop = Math.min(at + PREFETCHED_BYTES, at(lastBlock, end | IN_BLOCK));
            for (int line = at; line < stop; line += CACHE_LINE_BYTES) {
                seen += slab.getByte(line);
            }
        }
        return seen;
    }

    private int blockToFill(final long position) {
        final long number = position >>> BlockArena.BLOCK_SHIFT;
        return number == endBlock - 1 ? lastBlock : blockAt(number);
    }

    private int block(final long position) {
        return blockAt(position >>> BlockArena.BLOCK_SHIFT);
    }

    private int blockAt(final long number) {
        final int[] ring = blocks;
        return ring[(int) number & (ring.length - 1)];
    }

    /** Where a position is in the slab of its block. */
    private static int at(final int block, final long position) {
        return BlockArena.offset(block) + ((int) position & IN_BLOCK);
    }

    /** Bytes from a position to the end of its block. */
    private static int roomAt(final long position) {
        return BlockArena.BLOCK_BYTES - ((int) position & IN_BLOCK);
    }

    private void addBlock() {
        if (endBlock - firstBlock == blocks.length) {
            growRing();
        }
        final int[] ring = blocks;
        lastBlock = arena.take();
        ring[(int) endBlock & (ring.length - 1)] = lastBlock;
        endBlock++;
    }

    private void growRing() {
        final int[] grown = new int[blocks.length * 2];
        for (long n = firstBlock; n < endBlock; n++) {
            grown[(int) n & (grown.length - 1)] = blockAt(n);
        }
        blocks = grown;
    }
}
