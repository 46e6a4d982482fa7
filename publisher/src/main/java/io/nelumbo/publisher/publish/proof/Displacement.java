package io.nelumbo.publisher.publish.proof;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.pipeline.Commands.CommandOutcome;
import io.nelumbo.publisher.publish.port.Ports;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by the thread {@code publisher}: has it committed that someone else used our key. First the
 * lane is halted, so that nothing new is sequenced behind the foreign message unseen and a new
 * leader finds the halt even if the rest is lost; then the nonce ends as displaced (I9).
 */
public final class Displacement {

    private static final Logger LOG = LoggerFactory.getLogger(Displacement.class);

    private final Ports ports;

    public Displacement(final Ports ports) {
        this.ports = ports;
    }

    /** Offers both events; {@code then} runs when they are committed, or were not taken. */
    public void report(
            final int accountId, final long nonce, final byte[] foreignHash, final Runnable then) {
        final String reason =
                "nonce "
                        + Long.toUnsignedString(nonce)
                        + " was used by a message that is not ours ("
                        + HexFormat.of().formatHex(foreignHash)
                        + "): somebody else has the key";
        halt(accountId, reason, () -> displace(accountId, nonce, foreignHash, then));
    }

    /** Halts a lane that is not halted yet; then the ledger tells whether it worked. */
    public void halt(final int accountId, final String reason, final Runnable then) {
        if (isHalted(accountId)) {
            then.run();
            return;
        }
        LOG.error("account {}: {}; halting its lane", accountId, reason);
        ports.offers()
                .offer(
                        new Event.LaneHalted(accountId, reason),
                        outcome -> {
                            if (!isHalted(accountId)) {
                                LOG.warn("account {}: not halted yet: {}", accountId, outcome);
                            }
                            then.run();
                        });
    }

    private void displace(
            final int accountId, final long nonce, final byte[] foreignHash, final Runnable then) {
        if (!isHalted(accountId)) {
            then.run();
            return;
        }
        ports.offers()
                .offer(
                        new Event.MessageDisplaced(accountId, nonce, foreignHash),
                        outcome -> {
                            if (outcome instanceof CommandOutcome.Committed committed) {
                                LOG.error(
                                        "account {}: nonce {} displaced at sequence {}",
                                        accountId,
                                        Long.toUnsignedString(nonce),
                                        committed.sequence());
                            }
                            then.run();
                        });
    }

    private boolean isHalted(final int accountId) {
        return ports.ledger().account(accountId).haltReason() != null;
    }
}
