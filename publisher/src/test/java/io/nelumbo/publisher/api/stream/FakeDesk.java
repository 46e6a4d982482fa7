package io.nelumbo.publisher.api.stream;

import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.pipeline.Receipt;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A desk that commits what it gets at once, or holds it until the test answers. Any thread. */
final class FakeDesk implements StreamDesk {

    /** An item that waits for the test. */
    record Held(Caller caller, StreamItem item, StreamAnswers answers) {

        void publish(final long nonce) {
            answers.answer(item, published(item, nonce));
        }
    }

    final BlockingQueue<Held> held = new LinkedBlockingQueue<>();
    private final AtomicLong nonces = new AtomicLong();
    private volatile boolean holding;
    private volatile boolean broken;

    /** From now on nothing is answered by itself. */
    FakeDesk holding() {
        holding = true;
        return this;
    }

    /** From now on it breaks its promise not to throw. */
    void broken() {
        broken = true;
    }

    /** How many it committed by itself. */
    long published() {
        return nonces.get();
    }

    @Override
    public Line open(final Caller caller) {
        return (items, answers) -> publish(caller, items, answers);
    }

    private void publish(
            final Caller caller, final List<StreamItem> items, final StreamAnswers answers) {
        if (broken) {
            throw new IllegalStateException("broken by the test");
        }
        for (final StreamItem item : items) {
            if (holding) {
                held.add(new Held(caller, item, answers));
            } else {
                answers.answer(item, published(item, nonces.getAndIncrement()));
            }
        }
    }

    static StreamOutcome published(final StreamItem item, final long nonce) {
        return new StreamOutcome.Published(
                new Receipt(0, nonce, nonce + 100, 7, new byte[32], item.body().cbor()));
    }
}
