package io.nelumbo.publisher.client;

import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import java.util.List;
import java.util.Locale;

/**
 * What a node's failure to answer means for the call. All application errors of a Lotus-like API
 * have one code, so the words decide: the few that say that another try may do. Immutable.
 *
 * @param words the node's own, or what happened to the connection
 * @param said a sentence that names the node
 * @param silent whether the node seems not to be there
 */
record FailedTry(Meaning meaning, String words, String said, boolean silent) {
    private static final int MAX_WORDS = 1000;

    /** What is known about the call's effect. */
    enum Meaning {
        /** None, and asking again does not help. */
        NO,
        /** None; ask another node, or later. */
        NOT_NOW,
        /** It may have had its effect, or still get it. */
        PERHAPS
    }

    /** Fragments of our nodes' texts, in lower case. */
    private static final List<String> IN_DOUBT =
            List.of(
                    "outcome unknown",
                    "are committed or may be",
                    "has no answer in time",
                    "internal error (",
                    "upstream: ");

    private static final List<String> NOT_NOW =
            List.of(
                    "no leader within",
                    "no leader is known",
                    "nothing was published, try again",
                    "an earlier one under this msguuid may have, try again",
                    "nothing was done, try again");

    /** The beginning of a batch may be committed although its end is not. */
    private static final String PART_STANDS = "are committed and stand";

    static FailedTry of(final String place, final JsonRpcFailure failure) {
        if (failure instanceof JsonRpcFailure.ErrorAnswer answer) {
            final String words = cut(answer.text());
            return new FailedTry(
                    meaningOf(answer.text()), words, place + " answered: " + words, false);
        }
        final boolean nothingSent =
                failure instanceof JsonRpcFailure.Transport transport && transport.notSent();
        final String words = cut(String.valueOf(failure.getMessage()));
        return new FailedTry(nothingSent ? Meaning.NOT_NOW : Meaning.PERHAPS, words, words, true);
    }

    private static Meaning meaningOf(final String text) {
        final String lowerCased = text.toLowerCase(Locale.ROOT);
        if (IN_DOUBT.stream().anyMatch(lowerCased::contains)) {
            return Meaning.PERHAPS;
        }
        if (NOT_NOW.stream().anyMatch(lowerCased::contains)) {
            return lowerCased.contains(PART_STANDS) ? Meaning.PERHAPS : Meaning.NOT_NOW;
        }
        return Meaning.NO;
    }

    private static String cut(final String text) {
        return text.substring(0, Math.min(text.length(), MAX_WORDS));
    }
}
