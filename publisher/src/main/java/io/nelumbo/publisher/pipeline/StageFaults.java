package io.nelumbo.publisher.pipeline;

import com.lmax.disruptor.ExceptionHandler;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a stage throws, which it must never do: the epoch ends, because its speculation
 * cannot be trusted any more; whoever waits on the slot is answered; and the node is told, loudly.
 * On the thread of the stage.
 */
final class StageFaults implements ExceptionHandler<Slot> {

    private final Epochs epochs;
    private final Answers answers;
    private final BiConsumer<String, Throwable> fault;

    StageFaults(
            final Epochs epochs, final Answers answers, final BiConsumer<String, Throwable> fault) {
        this.epochs = epochs;
        this.answers = answers;
        this.fault = fault;
    }

    @Override
    public void handleEventException(
            final Throwable thrown, final long sequence, final @Nullable Slot slot) {
        final String why = "the pipeline broke at slot " + sequence + ": " + thrown;
        final Epoch epoch = epochs.current();
        if (epoch != null) {
            epochs.fail(epoch, why);
        }
        if (slot != null) {
            answer(slot, why);
        }
        fault.accept(why, thrown);
    }

    /** It may be packed already, and then it is answered twice; the first answer stands. */
    private void answer(final Slot slot, final String why) {
        final PendingRequest request = slot.request;
        final PendingCommand command = slot.command;
        slot.clear();
        if (request != null) {
            answers.one(() -> request.unknown(why));
        }
        if (command != null) {
            answers.one(() -> command.unknown(why));
        }
    }

    @Override
    public void handleOnStartException(final Throwable thrown) {
        fault.accept("a stage of the pipeline did not start", thrown);
    }

    @Override
    public void handleOnShutdownException(final Throwable thrown) {
        fault.accept("a stage of the pipeline did not stop", thrown);
    }
}
