package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.sbe.AccountOpenedDecoder;

/** Owned by the applying thread. Gives an account its lane, empty, at its first nonce. */
final class AccountOpenedApplier {

    private final Accounts accounts;

    AccountOpenedApplier(final LedgerState state) {
        accounts = state.accounts;
    }

    void apply(final AccountOpenedDecoder event) {
        final byte[] address = new byte[event.addressLength()];
        event.getAddress(address, 0, address.length);
        accounts.open((byte) event.chainRaw(), address, event.firstNonce());
    }
}
