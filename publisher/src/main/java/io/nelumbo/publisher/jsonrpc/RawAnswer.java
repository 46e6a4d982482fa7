package io.nelumbo.publisher.jsonrpc;

/** What a server answered to a call, in its own bytes. */
public sealed interface RawAnswer {

    /** The result. */
    record Result(RawJson value) implements RawAnswer {}

    /**
     * The server took the call and says no.
     *
     * @param error the whole error object, with whatever is in it
     * @param code as the object has it, 0 if it has none that is a number
     */
    record Refusal(RawJson error, int code) implements RawAnswer {}
}
