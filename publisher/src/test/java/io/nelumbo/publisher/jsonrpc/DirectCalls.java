package io.nelumbo.publisher.jsonrpc;

import java.util.concurrent.Semaphore;

/** Calls without a connection: what the dispatcher answers, on the caller's thread. */
public final class DirectCalls {
    private final Dispatcher dispatcher;
    private final HeldBytes held = new HeldBytes(ServerLimits.standard().maxHeldBytes());

    public DirectCalls(final Endpoint endpoint) {
        this.dispatcher = new Dispatcher(endpoint, ServerLimits.standard(), new Semaphore(2));
    }

    /** The answer's body; empty if nobody expects one. */
    public byte[] answer(final byte[] request, final Caller caller) {
        final HeldBytes.Share share = held.share();
        try {
            return dispatcher
                    .dispatch(request, new Asker(caller, share, null), Runnable::run)
                    .join()
                    .body();
        } finally {
            share.release();
        }
    }
}
