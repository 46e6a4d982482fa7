package io.nelumbo.bench.stage;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one message cost the applying thread, apart from the journal? Nanoseconds per message
 * over batches of 256, in a steady state: as many messages are confirmed and as many request ids
 * expire as come in. {@code encodeAndApply} less {@code encode} is what applying costs, both
 * passes; 10^9 over it bounds every node's messages a second. {@code requestIds} shows what the
 * retention costs in cache misses.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets the fields: parameters first, then prepare().
public class LedgerApplyBenchmark {

    private static final int MESSAGES_PER_BATCH = 256;
    private static final int ACCOUNTS = 8;
    private static final int MESSAGES_PER_ACCOUNT = MESSAGES_PER_BATCH / ACCOUNTS;
    private static final int SIGNED_BYTES = 250;
    private static final long MILLISECOND_NS = 1_000_000;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** Request ids that the ledger retains. */
    @Param({"10000", "1000000"})
    public int requestIds;

    private final BatchEncoder encoder = new BatchEncoder(1 << 20);
    private final BatchDecoder decoder = new BatchDecoder();
    private final byte[] hash = new byte[32];
    private final byte[] digestPrefix = new byte[8];
    private final byte[] signedBytes = new byte[SIGNED_BYTES];
    private Ledger ledger;
    private long nextNonce;

    @Setup
    public void prepare() {
        ledger = new Ledger();
        nextNonce = 0;
        apply(new Event.EpochOpened(1, "leader"));
        for (int accountId = 0; accountId < ACCOUNTS; accountId++) {
            final byte[] address = {1, (byte) accountId};
            apply(new Event.AccountOpened(accountId, ChainKind.FILECOIN, address, 0));
        }
        while (ledger.requestIdCount() < requestIds) {
            encodeAndApply();
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES_PER_BATCH)
    public int encode() {
        begin();
        for (int n = 0; n < MESSAGES_PER_BATCH; n++) {
            appendMessage(n % ACCOUNTS, nextNonce + n / ACCOUNTS);
        }
        appendReleases();
        return encoder.length();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES_PER_BATCH)
    public ApplyOutcome encodeAndApply() {
        encode();
        nextNonce += MESSAGES_PER_ACCOUNT;
        return applyEncoded();
    }

    private void apply(final Event event) {
        begin();
        encoder.append(event);
        applyEncoded();
    }

    private ApplyOutcome applyEncoded() {
        decoder.wrap(encoder.buffer(), 0, encoder.length());
        final ApplyOutcome outcome = ledger.apply(1, decoder);
        if (outcome != ApplyOutcome.Applied.APPLIED) {
            throw new IllegalStateException("expected the batch to apply but was " + outcome);
        }
        return outcome;
    }

    private void begin() {
        encoder.begin(1, ledger.nextSequence(), ledger.lastTimestampNs() + MILLISECOND_NS);
    }

    private void appendMessage(final int accountId, final long nonce) {
        encoder.appendMessageSequenced(
                accountId,
                nonce,
                nonce * SPREAD,
                accountId,
                hash,
                digestPrefix,
                digestPrefix,
                signedBytes,
                hash);
    }

    /** Confirms what this batch brings, and expires as many request ids. */
    private void appendReleases() {
        for (int accountId = 0; accountId < ACCOUNTS; accountId++) {
            final long upToNonce = nextNonce + MESSAGES_PER_ACCOUNT;
            encoder.append(new Event.NonceConfirmed(accountId, upToNonce, 1));
        }
        final long eventsPerBatch = MESSAGES_PER_BATCH + ACCOUNTS + 1;
        final long retained = requestIds / MESSAGES_PER_BATCH * eventsPerBatch;
        if (ledger.nextSequence() > retained + eventsPerBatch) {
            encoder.append(new Event.RequestIdsExpired(ledger.nextSequence() - retained));
        }
    }
}
