package io.nelumbo.publisher.publish.proof;

/** Who used a nonce that the chain says is used. */
public sealed interface Verdict {

    /** Our own message, in one of the forms that were committed for the nonce. */
    record Landed() implements Verdict {}

    /**
     * Someone else.
     *
     * @param foreignHash what landed instead, 32 zeros if no upstream could tell
     */
    record Displaced(byte[] foreignHash) implements Verdict {}

    /** Not known yet; nothing may be concluded. */
    record CannotTell(String why) implements Verdict {}
}
