package io.nelumbo.publisher.chain.filecoin;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.function.LongToIntFunction;

/**
 * A secret outside of the heap, where native code reads it. An array would be copied for each call,
 * and copied back after it: over the zeros, if it was wiped meanwhile. Any thread.
 */
final class NativeSecret {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Memory memory;

    private NativeSecret(final Memory memory) {
        this.memory = memory;
    }

    static NativeSecret copyOf(final byte[] secret) {
        final long address = Native.malloc(secret.length);
        if (address == 0) {
            throw new OutOfMemoryError("no " + secret.length + " bytes for a key");
        }
        final Memory memory = new Memory(new Pointer(address), secret.length);
        memory.pointer.write(0, secret, 0, secret.length);
        final NativeSecret copy = new NativeSecret(memory);
        final var unused = CLEANER.register(copy, memory::free);
        return copy;
    }

    /** Lets native code read it; it is not freed before that returns, but it may be wiped. */
    int read(final LongToIntFunction nativeCode) {
        try {
            return nativeCode.applyAsInt(Pointer.nativeValue(memory.pointer));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    byte[] bytes() {
        try {
            return memory.pointer.getByteArray(0, memory.length);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    void wipe() {
        try {
            memory.wipe();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** What outlives the secret until the cleaner has come by. */
    private record Memory(Pointer pointer, int length) {

        void wipe() {
            pointer.setMemory(0, length, (byte) 0);
        }

        void free() {
            wipe();
            Native.free(Pointer.nativeValue(pointer));
        }
    }
}
