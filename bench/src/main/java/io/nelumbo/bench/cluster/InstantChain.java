package io.nelumbo.bench.cluster;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.pipeline.Commands;
import io.nelumbo.publisher.pipeline.EpochListener;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A chain that confirms what is committed, so that a long run is in a steady state: outbox and
 * request ids stay as large as one round leaves them, far smaller than a node's, which keeps ids
 * for a week. Its events go through the log like a real confirmer's. Owned by its own thread.
 */
final class InstantChain implements EpochListener, AutoCloseable {

    /** The accounts that a load is spread over. */
    static final int ACCOUNTS = 64;

    private static final long ROUND_MS = 250;

    private final LedgerView ledger;
    private final Supplier<? extends Commands> commands;
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(InstantChain::thread);
    private volatile boolean open;

    InstantChain(final LedgerView ledger, final Supplier<? extends Commands> commands) {
        this.ledger = ledger;
        this.commands = commands;
        final var unused =
                rounds.scheduleWithFixedDelay(
                        this::round, ROUND_MS, ROUND_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void epochOpened(final long term) {
        open = true;
    }

    @Override
    public void epochClosed(final long term) {
        open = false;
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }

    /** The address of an account by its number, from 0. */
    static byte[] address(final int account) {
        return new byte[] {1, (byte) (account >> 8), (byte) account};
    }

    private void openAccounts() {
        for (int account = ledger.accountCount(); open && account < ACCOUNTS; account++) {
            offer(new Event.AccountOpened(account, ChainKind.FILECOIN, address(account), 0));
        }
    }

    /** What is refused here, because the epoch has ended, the next round offers again. */
    private void round() {
        openAccounts();
        final long before = ledger.nextSequence();
        for (int account = 0; open && account < ledger.accountCount(); account++) {
            final long next = ledger.nextNonce(account);
            if (next != ledger.account(account).confirmedNonce()) {
                offer(new Event.NonceConfirmed(account, next, 1));
            }
        }
        if (open && before > ledger.requestIdsExpiredBefore() + ACCOUNTS) {
            offer(new Event.RequestIdsExpired(before));
        }
    }

    private void offer(final Event event) {
        final var unused = commands.get().offer(event);
    }

    private static Thread thread(final Runnable task) {
        final Thread thread = new Thread(task, "instant-chain");
        thread.setDaemon(true);
        return thread;
    }
}
