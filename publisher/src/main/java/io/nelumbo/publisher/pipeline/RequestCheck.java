package io.nelumbo.publisher.pipeline;

import io.nelumbo.statemachine.ledger.LedgerView;

/**
 * What a caller must get right in a request. Checked on the caller's thread: behind it, one
 * malformed request could end everybody's epoch. Stateless.
 */
record RequestCheck(LedgerView ledger) {

    private static final int HASH_BYTES = 32;
    private static final int DIGEST_PREFIX_BYTES = 8;

    void check(final PublishRequest request) {
        expectBytes("requestHash", request.requestHash(), HASH_BYTES);
        expectBytes("principal", request.principal(), DIGEST_PREFIX_BYTES);
        expectBytes("signerKeyId", request.draft().signerKeyId(), DIGEST_PREFIX_BYTES);
        final int accounts = ledger.accountCount();
        if (request.accountId() < 0 || request.accountId() >= accounts) {
            throw new IllegalArgumentException(
                    "expected one of "
                            + accounts
                            + " open accounts but was number "
                            + request.accountId());
        }
    }

    private static void expectBytes(final String name, final byte[] value, final int expected) {
        if (value.length != expected) {
            throw new IllegalArgumentException(
                    "expected a %s of %d bytes but was %d".formatted(name, expected, value.length));
        }
    }
}
