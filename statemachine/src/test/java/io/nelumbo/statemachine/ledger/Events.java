package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event.AccountOpened;
import io.nelumbo.journal.event.Event.ClusterVersionRaised;
import io.nelumbo.journal.event.Event.EpochOpened;
import io.nelumbo.journal.event.Event.LaneHalted;
import io.nelumbo.journal.event.Event.LaneResumed;
import io.nelumbo.journal.event.Event.MessageDisplaced;
import io.nelumbo.journal.event.Event.MessageReplaced;
import io.nelumbo.journal.event.Event.MessageSequenced;
import io.nelumbo.journal.event.Event.NonceConfirmed;
import io.nelumbo.journal.event.Event.NonceFilled;
import io.nelumbo.journal.event.Event.NonceReorged;
import io.nelumbo.journal.event.Event.RequestIdsExpired;
import io.nelumbo.journal.event.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Events for tests: one number tells all bytes of a message, so a mix-up shows. */
public final class Events {

    private Events() {}

    public static EpochOpened epoch(final long term) {
        return new EpochOpened(term, "leader-" + term);
    }

    public static AccountOpened account(final int accountId, final long firstNonce) {
        return new AccountOpened(accountId, ChainKind.FILECOIN, address(accountId), firstNonce);
    }

    public static byte[] address(final int number) {
        return ("address-" + number).getBytes(StandardCharsets.US_ASCII);
    }

    /** A message whose request id is {@code requestId(seed)}. */
    public static MessageSequenced message(final int accountId, final long nonce, final int seed) {
        return new MessageSequenced(
                accountId,
                nonce,
                requestId(seed),
                hash("request", seed),
                Arrays.copyOf(hash("principal", seed), 8),
                Arrays.copyOf(hash("signer", seed), 8),
                signedBytes(seed),
                hash("message", seed));
    }

    public static MessageReplaced replaced(final int accountId, final long nonce, final int seed) {
        return new MessageReplaced(
                accountId, nonce, signedBytes(seed), hash("message", seed), "fee raised");
    }

    public static NonceFilled filled(final int accountId, final long nonce, final int seed) {
        return new NonceFilled(
                accountId, nonce, signedBytes(seed), hash("message", seed), "would never execute");
    }

    public static NonceConfirmed confirmed(final int accountId, final long upToNonce) {
        return new NonceConfirmed(accountId, upToNonce, 7);
    }

    public static MessageDisplaced displaced(final int accountId, final long nonce) {
        return new MessageDisplaced(accountId, nonce, hash("foreign", (int) nonce));
    }

    public static NonceReorged reorged(final int accountId, final long downToNonce) {
        return new NonceReorged(accountId, downToNonce);
    }

    public static LaneHalted halted(final int accountId, final String reason) {
        return new LaneHalted(accountId, reason);
    }

    public static LaneResumed resumed(final int accountId) {
        return new LaneResumed(accountId, "looked at");
    }

    public static RequestIdsExpired expired(final long beforeSequence) {
        return new RequestIdsExpired(beforeSequence);
    }

    public static ClusterVersionRaised version(final int version) {
        return new ClusterVersionRaised(version);
    }

    public static RequestId requestId(final int seed) {
        return new RequestId(seed * 0x9E3779B97F4A7C15L, seed);
    }

    /** 32 bytes that differ by what they are of and by seed. */
    public static byte[] hash(final String of, final int seed) {
        final byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) of.charAt(0));
        for (int n = 0; n < 4; n++) {
            hash[n] = (byte) (seed >>> 8 * n);
        }
        return hash;
    }

    /** From 1 to 3000 bytes, so that some straddle several blocks. */
    public static byte[] signedBytes(final int seed) {
        final byte[] bytes = new byte[1 + Math.floorMod(seed * 7919, 3000)];
        for (int n = 0; n < bytes.length; n++) {
            bytes[n] = (byte) (seed + n);
        }
        return bytes;
    }
}
