package io.nelumbo.publisher.publish;

/** What became of opening an account. */
public sealed interface OpenOutcome {

    /** The account has its lane; its first nonce is what the chain expected. */
    record Opened(int accountId) implements OpenOutcome {}

    /** Not opened, and nothing was changed, or it is not known yet: ask again. */
    record NotOpened(String reason) implements OpenOutcome {}
}
