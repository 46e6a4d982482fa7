package io.nelumbo.publisher.chain;

/**
 * What an upstream's answer to one pushed message means (DESIGN §7). {@code text} is what the
 * upstream said.
 */
public sealed interface PushOutcome {

    /** Taken; not yet proof that it is there. */
    record Accepted() implements PushOutcome {}

    /** The upstream has these very bytes already. */
    record AlreadyKnown() implements PushOutcome {}

    /** The nonce is used: by this message, or by another. Never a failure by itself. */
    record NonceTooLow(String text) implements PushOutcome {}

    /** Messages before it are missing upstream. */
    record Gap(String text) implements PushOutcome {}

    /** Fee too low: hold the lane's head, or replace. */
    record Underpriced(String text) implements PushOutcome {}

    /** The account cannot pay yet. */
    record NotEnoughFunds(String text) implements PushOutcome {}

    /** The upstream's pool is full. */
    record PoolFull(String text) implements PushOutcome {}

    /** It can never execute. */
    record Invalid(String text) implements PushOutcome {}

    /**
     * Timeout, broken connection, unknown text: it may be there or not. Push the same bytes again.
     */
    record Ambiguous(String text) implements PushOutcome {}
}
