package io.nelumbo.publisher.publish.port;

import io.nelumbo.publisher.publish.loop.PublishLoop;
import io.nelumbo.statemachine.ledger.LedgerView;

/** What lanes and watches of one epoch work with. */
public record Ports(
        LedgerView ledger,
        Offers offers,
        PublishLoop loop,
        PublishOptions options,
        FillPolicy fillPolicy) {}
