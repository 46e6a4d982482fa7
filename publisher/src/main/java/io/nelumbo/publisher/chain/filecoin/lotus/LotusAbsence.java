package io.nelumbo.publisher.chain.filecoin.lotus;

import java.util.Locale;

/**
 * Errors that are answers: what was asked for is not there.
 *
 * <p>Source: Lotus {@code chain/types/actor.go} ({@code ErrActorNotFound}) and {@code
 * chain/stmgr/searchwait.go}. Forest answers null for an absent actor.
 */
final class LotusAbsence {

    private LotusAbsence() {}

    /**
     * No actor has this address: nobody has sent anything to it yet. Both {@code StateGetActor} and
     * {@code MpoolGetNonce} (which looks the actor up) say so.
     */
    static boolean isOfActor(final String text) {
        return text.toLowerCase(Locale.ROOT).contains("actor not found");
    }

    /**
     * The node has no such message, so that no block which it still has holds it; or another
     * message was executed at its nonce. A node that was synced from a snapshot, or that prunes,
     * says the former of messages that landed below its horizon as well.
     */
    static boolean isOfMessage(final String text) {
        final String lowerCased = text.toLowerCase(Locale.ROOT);
        final boolean neverSeen =
                lowerCased.contains("failed to load message")
                        && (lowerCased.contains("could not find")
                                || lowerCased.contains("not found"));
        return neverSeen
                || lowerCased.contains(
                        "found message with equal nonce as the one we are looking for");
    }
}
