package io.nelumbo.publisher.pipeline;

import io.nelumbo.statemachine.ledger.LedgerView;

/**
 * What a caller must get right in a request. Checked on the caller's thread: behind it, one
 * malformed request could end everybody's epoch. Any thread.
 */
final class RequestCheck {

    private static final int HASH_BYTES = 32;
    private static final int DIGEST_PREFIX_BYTES = 8;

    private final LedgerView ledger;

    /** Accounts are never closed: what was open once need not be asked of the ledger again. */
    private volatile int knownAccounts;

    RequestCheck(final LedgerView ledger) {
        this.ledger = ledger;
    }

    void check(final PublishRequest request) {
        expectBytes("requestHash", request.requestHash(), HASH_BYTES);
        expectBytes("principal", request.principal(), DIGEST_PREFIX_BYTES);
        expectBytes("signerKeyId", request.draft().signerKeyId(), DIGEST_PREFIX_BYTES);
        if (!isOpen(request.accountId())) {
            throw new IllegalArgumentException(
                    "expected one of "
                            + knownAccounts
                            + " open accounts but was number "
                            + request.accountId());
        }
    }

    private boolean isOpen(final int accountId) {
        if (accountId >= knownAccounts) {
            knownAccounts = ledger.accountCount();
        }
        return accountId >= 0 && accountId < knownAccounts;
    }

    private static void expectBytes(final String name, final byte[] value, final int expected) {
        if (value.length != expected) {
            throw new IllegalArgumentException(
                    "expected a %s of %d bytes but was %d".formatted(name, expected, value.length));
        }
    }
}
