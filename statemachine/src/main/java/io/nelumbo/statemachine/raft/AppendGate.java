package io.nelumbo.statemachine.raft;

import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.exceptions.StateMachineException;

/**
 * The last check before a batch enters the log, and the memory of whether it did: the difference
 * between a submit that was refused and one whose fate is unknown. Owned by the submitting thread,
 * on which Ratis calls back while it appends.
 *
 * <p>Ratis's retry cache answers a repeated (client, call) from memory instead of appending it, so
 * every submit has a call number of its own.
 */
final class AppendGate {

    private static final long NONE = -1;

    private final ClientId clientId = ClientId.randomId();
    private long callId;
    private long callTerm = NONE;
    private long appendedCallId = NONE;

    ClientId clientId() {
        return clientId;
    }

    /** Begins a submit that may be appended in this term only; returns its call number. */
    long open(final long term) {
        callTerm = term;
        return ++callId;
    }

    /** Whether this submit has passed the gate. */
    boolean passed(final long call) {
        return appendedCallId == call;
    }

    /**
     * Whether a write is this node's own. Others may ask, but never write: that is our pipeline's.
     */
    boolean isOurs(final RaftClientRequest request) {
        return clientId.equals(request.getClientId());
    }

    /** Called under the lock of the log, in log order, while the term cannot change. */
    void pass(final RaftClientRequest request, final long currentTerm)
            throws StateMachineException {
        if (!isOurs(request) || currentTerm != callTerm) {
            // false: the mistake is the request's, the leader need not step down for it.
            throw new StateMachineException(
                    "expected a batch of this node for term "
                            + callTerm
                            + " but the term is "
                            + currentTerm
                            + " in "
                            + request,
                    null,
                    false);
        }
        appendedCallId = request.getCallId();
    }
}
