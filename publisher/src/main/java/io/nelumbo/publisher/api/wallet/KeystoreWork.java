package io.nelumbo.publisher.api.wallet;

import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.wallet.KeystoreFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Does what touches the keystore's files on a thread of its own, because a disk may take its time;
 * and says in an answer what a keystore says no with. Any thread.
 */
final class KeystoreWork {
    private final Executor disk;

    /**
     * @param disk one thread with a bounded queue; refuses what is beyond
     */
    KeystoreWork(final Executor disk) {
        this.disk = disk;
    }

    <T> CompletableFuture<T> run(final Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> inMemory(work), disk);
        } catch (final RejectedExecutionException full) {
            throw JsonRpcError.application(
                    "overloaded: too many calls wait for the keystore; nothing was done, try again"
                            + " later");
        }
    }

    /** The same for what touches no file. */
    static <T> T inMemory(final Supplier<T> work) {
        try {
            return work.get();
        } catch (final KeystoreFailure no) {
            throw JsonRpcError.application(String.valueOf(no.getMessage()));
        }
    }
}
