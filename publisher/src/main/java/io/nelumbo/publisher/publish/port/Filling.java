package io.nelumbo.publisher.publish.port;

import io.nelumbo.journal.event.Event;

/** What a {@link FillPolicy} decided about a nonce. */
public sealed interface Filling {

    /** The lane holds, and says so, until a human decides. */
    record Hold() implements Filling {}

    /** The self-send that shall take the nonce, signed. */
    record Fill(Event.NonceFilled event) implements Filling {}

    /**
     * It would be filled, but nobody here can sign for the account: its messages came signed, or
     * its key is locked. The lane holds until that key is here, or the chain takes the message.
     *
     * @param why a sentence for people
     */
    record NoKey(String why) implements Filling {}
}
