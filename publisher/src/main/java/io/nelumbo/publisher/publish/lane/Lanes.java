package io.nelumbo.publisher.publish.lane;

import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread {@code publisher}: one lane per account that has had unconfirmed messages in
 * this epoch. They are as many as the ledger has accounts, at most.
 */
public final class Lanes {

    private final Ports ports;
    private final Int2ObjectHashMap<Lane> lanes = new Int2ObjectHashMap<>();

    public Lanes(final Ports ports) {
        this.ports = ports;
    }

    /** Something changed in the account. */
    public void touched(final Account account, final Upstreams upstreams) {
        final Lane lane = lane(account, upstreams);
        if (lane != null) {
            lane.touched();
        }
    }

    /** A nonce of the account has other bytes than before. */
    public void rewritten(final Account account, final Upstreams upstreams) {
        final Lane lane = lane(account, upstreams);
        if (lane != null) {
            lane.rewritten();
        }
    }

    /**
     * Lanes with unconfirmed messages and halted ones, those with a held head first.
     *
     * @param doubt why confirming an account does not go on, an empty text if it does
     */
    public List<LaneStatus> status(final IntFunction<String> doubt, final int maxLanes) {
        final List<LaneStatus> held = new ArrayList<>();
        final List<LaneStatus> going = new ArrayList<>();
        lanes.forEach(
                (accountId, lane) -> {
                    final LaneStatus status = lane.status(doubt.apply(accountId));
                    if (status.held() != null || status.haltReason() != null) {
                        held.add(status);
                    } else if (status.unconfirmed() != 0) {
                        going.add(status);
                    }
                });
        held.addAll(going);
        return List.copyOf(held.subList(0, Math.min(maxLanes, held.size())));
    }

    public void close() {
        lanes.forEach((accountId, lane) -> lane.close());
    }

    private @Nullable Lane lane(final Account account, final Upstreams upstreams) {
        final Lane known = lanes.get(account.id());
        if (known != null || account.confirmedNonce() == account.nextNonce()) {
            return known;
        }
        final Lane lane = new Lane(account, upstreams, ports);
        lanes.put(account.id(), lane);
        return lane;
    }
}
