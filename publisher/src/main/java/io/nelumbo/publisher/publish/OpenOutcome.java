package io.nelumbo.publisher.publish;

/** What became of opening an account. */
public sealed interface OpenOutcome {

    /** The account has its lane; its first nonce is what the chain expected. */
    record Opened(int accountId) implements OpenOutcome {}

    /**
     * Not now: leadership is not here yet, or went away in the middle, or a queue was full. Ask
     * again in a moment, whoever leads then; asking twice opens nothing twice.
     */
    record AskAgain() implements OpenOutcome {}

    /**
     * Not opened: upstreams are silent, or do not agree; the reason says who said what. Ask again
     * once that is mended, or in a minute where it is a matter of moments.
     */
    record NotOpened(String reason) implements OpenOutcome {}
}
