package io.nelumbo.publisher.publish;

import io.nelumbo.statemachine.ledger.LedgerView;

/** What lanes and watches of one epoch work with. */
record Ports(
        LedgerView ledger,
        Offers offers,
        PublishLoop loop,
        PublishOptions options,
        FillPolicy fillPolicy) {}
