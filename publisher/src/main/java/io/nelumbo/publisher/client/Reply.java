package io.nelumbo.publisher.client;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call to a cluster. The four kinds call for different steps, and only one of them
 * leaves a doubt about the call. Of earlier calls under the same request id they say nothing: one
 * that ended in doubt stays in doubt until a later one is answered. Immutable.
 *
 * @param <T> what the call is answered with
 */
public sealed interface Reply<T> {

    /** Done. A push is committed by a majority of disks, and will be published until it lands. */
    record Answered<T>(T value) implements Reply<T> {
        @Override
        public String text() {
            return "answered";
        }
    }

    /**
     * Not done by this call, and the same would be refused again. Of a batch, the reason says which
     * messages before the refused one are committed and stand.
     *
     * @param reason the node's words
     */
    record Refused<T>(String reason) implements Reply<T> {
        @Override
        public String text() {
            return reason;
        }
    }

    /**
     * Not done by this call: no node could in the time that it had. Try again later, a push under
     * the same request id.
     *
     * @param said a sentence for each node that was asked
     */
    record Unavailable<T>(List<String> said) implements Reply<T> {
        public Unavailable {
            said = List.copyOf(said);
        }

        @Override
        public String text() {
            return "no node answered it, and nothing was done: " + String.join("; ", said);
        }
    }

    /**
     * Done or not: a node had it and did not tell. A push is repeated under its request id, which
     * answers with the message if it was committed and publishes it once if it was not; under any
     * other id it may be published twice.
     *
     * @param requestId of the push; null when the call was none, so that only a look at the
     *     cluster's state tells
     * @param said a sentence for each node that was asked
     */
    record OutcomeUnknown<T>(@Nullable UUID requestId, List<String> said) implements Reply<T> {
        public OutcomeUnknown {
            said = List.copyOf(said);
        }

        @Override
        public String text() {
            return "outcome unknown: it may have been done or not: "
                    + String.join("; ", said)
                    + (requestId == null
                            ? "; look before you repeat it"
                            : "; repeat it under request id " + requestId);
        }
    }

    /** The reply as a sentence for people: what happened, and what to do next. */
    String text();

    /**
     * The value.
     *
     * @throws CallFailed if there is none, with the reply
     */
    default T orThrow() {
        if (this instanceof Answered<T> answered) {
            return answered.value();
        }
        throw new CallFailed(this);
    }

    /** The same reply, with the value read in another form. */
    default <U> Reply<U> map(final Function<T, U> reading) {
        if (this instanceof Answered<T> answered) {
            return new Answered<>(reading.apply(answered.value()));
        }
        if (this instanceof Refused<T> refused) {
            return new Refused<>(refused.reason());
        }
        if (this instanceof Unavailable<T> unavailable) {
            return new Unavailable<>(unavailable.said());
        }
        final OutcomeUnknown<T> unknown = (OutcomeUnknown<T>) this;
        return new OutcomeUnknown<>(unknown.requestId(), unknown.said());
    }
}
