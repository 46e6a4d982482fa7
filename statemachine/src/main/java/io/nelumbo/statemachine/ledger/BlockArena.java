package io.nelumbo.statemachine.ledger;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Written by the applying thread only, under the ledger's lock. Blocks of {@value #BLOCK_BYTES}
 * bytes, handed out and taken back.
 *
 * <p>Everything of variable size that the ledger holds lives in these blocks, so a burst on one
 * account leaves room for the next burst on another, nothing is ever copied to make room, and the
 * garbage collector sees a few large arrays instead of a message each. Memory grows by slabs of
 * {@value #SLAB_BYTES} bytes and is not given back: the peak stays reserved.
 *
 * <p>While a snapshot reads the blocks on another thread they are held: queues go on appending, but
 * what they release waits, so that no byte that the snapshot reads ever changes. Afterwards it
 * comes back a little with each batch, and faster than batches take: twice as much, and some more.
 */
final class BlockArena {

    static final int BLOCK_SHIFT = 10;
    static final int BLOCK_BYTES = 1 << BLOCK_SHIFT;

    private static final int SLAB_SHIFT = 8;
    private static final int NUMBERS_IN_SLAB = 1 << SLAB_SHIFT;

    /**
     * One less than there are numbers: a slab and its header then fit into a quarter of a megabyte.
     * G1 divides its heap into regions of one or more; of an array that is a little larger three
     * would fit into one, and a quarter of it lie waste.
     */
    private static final int BLOCKS_IN_SLAB = NUMBERS_IN_SLAB - 1;

    private static final int SLAB_BYTES = BLOCK_BYTES * BLOCKS_IN_SLAB;
    static final int MAX_WAITING_BLOCKS = 1 << (30 - BLOCK_SHIFT);

    private static final int GIVEN_BACK_PER_BATCH = 1024;
    private static final int GIVEN_BACK_PER_BLOCK_TAKEN = 2;
    private static final int NONE = -1;

    /** Volatile for the snapshot's thread: it never sees an array before what is in it. */
    private volatile UnsafeBuffer[] slabs = new UnsafeBuffer[0];

    /** Queues that have blocks to give back and were kept from it. */
    private final ArrayDeque<BlockQueue> waiting = new ArrayDeque<>();

    private final int maxWaitingBlocks;

    private boolean isHeld;

    /** Blocks that would have been given back. */
    private long waitingBlocks;

    /** Blocks handed out since the last chance to give back. */
    private int takenBlocks;

    /** Blocks that were handed out at least once are below. */
    private int freshBlock;

    /** Head of the list of returned blocks; each begins with the number of the one after it. */
    private int returnedBlock = NONE;

    BlockArena() {
        this(MAX_WAITING_BLOCKS);
    }

    /**
     * For tests that reach the bound.
     *
     * @param maxWaitingBlocks when more wait to be given back, it has been held too long
     */
    BlockArena(final int maxWaitingBlocks) {
        this.maxWaitingBlocks = maxWaitingBlocks;
    }

    /** A block nobody else holds. What is in it is left over from its former holder. */
    int take() {
        takenBlocks++;
        if (returnedBlock == NONE) {
            return takeFresh();
        }
        final int block = returnedBlock;
        returnedBlock = slab(block).getInt(offset(block));
        return block;
    }

    /** Takes a block back. */
    void give(final int block) {
        slab(block).putInt(offset(block), returnedBlock);
        returnedBlock = block;
    }

    /** From here on nothing is given back. */
    void hold() {
        isHeld = true;
    }

    /** Whether so much waits to be given back that it must be let go first. */
    boolean isHeldTooLong() {
        return isHeld && waitingBlocks > maxWaitingBlocks;
    }

    /** From here on what waited may be given back. */
    void letGo() {
        isHeld = false;
    }

    boolean isHeld() {
        return isHeld;
    }

    /** Remembers a queue that has something to give back. */
    void await(final BlockQueue queue) {
        waiting.add(queue);
    }

    /** Counts blocks that wait now, or, if it is negative, wait no more. */
    void countWaiting(final long blocks) {
        waitingBlocks += blocks;
    }

    /**
     * With each batch: has some blocks given back of those that waited, more the more were taken
     * since the last time, so that what waits becomes less under any load.
     */
    void catchUp() {
        int left = GIVEN_BACK_PER_BATCH + GIVEN_BACK_PER_BLOCK_TAKEN * takenBlocks;
        takenBlocks = 0;
        while (!isHeld && left > 0 && !waiting.isEmpty()) {
            left -= waiting.getFirst().catchUp(left);
            if (!waiting.getFirst().isWaiting()) {
                waiting.removeFirst();
            }
        }
    }

    /** The slab that a block is part of. */
    UnsafeBuffer slab(final int block) {
        return slabs[block >>> SLAB_SHIFT];
    }

    /** Where in its slab a block begins. */
    static int offset(final int block) {
        return (block & (NUMBERS_IN_SLAB - 1)) << BLOCK_SHIFT;
    }

    /** Bytes reserved from the heap. */
    long reservedBytes() {
        return (long) slabs.length * SLAB_BYTES;
    }

    private int takeFresh() {
        if ((freshBlock & (NUMBERS_IN_SLAB - 1)) == BLOCKS_IN_SLAB) {
            freshBlock++;
        }
        if (freshBlock == slabs.length << SLAB_SHIFT) {
            final UnsafeBuffer[] grown = Arrays.copyOf(slabs, slabs.length + 1);
            grown[grown.length - 1] = new UnsafeBuffer(new byte[SLAB_BYTES]);
            slabs = grown;
        }
        return freshBlock++;
    }
}
