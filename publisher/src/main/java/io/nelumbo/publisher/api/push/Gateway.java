package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.pipeline.Receipt;
import io.nelumbo.publisher.trace.TraceParent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message's way in (DESIGN §2). Any node takes a push: it fixes the request id, checks what can
 * be checked anywhere, and has the leader decide, which may be itself. When the leader goes away in
 * the middle, it asks the next one under the same request id, so that a client sees one receipt or
 * one clear error (I4). Any thread; nothing blocks.
 */
public final class Gateway {
    /** Messages in one call of a client. */
    public static final int MAX_BATCH_MESSAGES = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final GatewayPorts ports;
    private final GatewayOptions options;
    private final PushDesk desk;
    private final EachPushes each;
    private final LeaderCalls leader;
    private final LineTurns turns;

    public Gateway(final GatewayPorts ports, final GatewayOptions options) {
        this.ports = ports;
        this.options = options;
        final Balances balances =
                new Balances(ports.chain()::balance, options.maxBalanceAge(), System::nanoTime);
        final OwnNonces ownNonces = new OwnNonces(ports.ledger());
        final PushSpans spans =
                new PushSpans(
                        ports.tracing(),
                        new Preparation(ports, balances, ownNonces, options.defaultMaxFee()),
                        ports.pipeline());
        final OutcomeAnswers outcomes = new OutcomeAnswers(ports.ledger(), ownNonces);
        final CallsInFlight inFlight = new CallsInFlight();
        this.desk = new PushDesk(inFlight, spans, outcomes);
        this.leader = new LeaderCalls(ports.cluster());
        this.turns = new LineTurns(ports.executor());
        this.each =
                new EachPushes(
                        ports, options, new EachDesk(inFlight, spans, outcomes, turns), leader);
    }

    /**
     * Publishes one message.
     *
     * @param message as the client sent it
     * @param principal 8 bytes that say who asked
     * @return completes with the receipt, once it is committed by a majority and applied here, or
     *     with why there is none; never exceptionally
     */
    public CompletableFuture<PushResult> push(
            final FilecoinMessage message, final PushSpec spec, final byte[] principal) {
        return push(message, spec, principal, null);
    }

    /**
     * The same in a trace.
     *
     * @param trace where spans hang; null for none
     */
    public CompletableFuture<PushResult> push(
            final FilecoinMessage message,
            final PushSpec spec,
            final byte[] principal,
            final @Nullable TraceParent trace) {
        final RequestId given = spec.requestId();
        final RequestId id = given != null ? given : RequestId.of(UUID.randomUUID());
        return push(new PushCall(principal, List.of(new MessagePush(id, message, spec)), trace));
    }

    /**
     * Publishes messages in their order; of one account they get ascending nonces. Each is a
     * request of its own: its id follows from the spec's and its place, so that a retry of the
     * whole batch publishes nothing twice. Messages before a failed one are committed and stand;
     * where some behind it may be, too, the failure says so.
     */
    public CompletableFuture<PushResult> pushBatch(
            final List<FilecoinMessage> messages, final PushSpec spec, final byte[] principal) {
        return pushBatch(messages, spec, principal, null);
    }

    /** The same in a trace. */
    public CompletableFuture<PushResult> pushBatch(
            final List<FilecoinMessage> messages,
            final PushSpec spec,
            final byte[] principal,
            final @Nullable TraceParent trace) {
        final RequestId given = spec.requestId();
        final RequestId batchId = given != null ? given : RequestId.of(UUID.randomUUID());
        final List<Push> pushes = new ArrayList<>(messages.size());
        for (final FilecoinMessage message : messages) {
            pushes.add(
                    new MessagePush(
                            DerivedRequestIds.inBatch(batchId, pushes.size()), message, spec));
        }
        if (pushes.size() > MAX_BATCH_MESSAGES) {
            return CompletableFuture.completedFuture(tooMany(pushes.size()));
        }
        return push(new PushCall(principal, pushes, trace))
                .thenApply(result -> given != null ? result : named(result, batchId));
    }

    /**
     * Publishes messages that their senders numbered and signed, in their order, each for itself.
     * Each must have its account's next nonce then, or be committed already with the same bytes:
     * then its receipt is the answer, and nothing is published. So all of them may be pushed again
     * at any time. Messages before a failed one are committed and stand.
     *
     * @param principal 8 bytes that say who asked
     * @return as {@link #push}
     */
    public CompletableFuture<PushResult> pushSigned(
            final List<SignedFilecoinMessage> messages, final byte[] principal) {
        return pushSigned(messages, principal, null);
    }

    /** The same in a trace. */
    public CompletableFuture<PushResult> pushSigned(
            final List<SignedFilecoinMessage> messages,
            final byte[] principal,
            final @Nullable TraceParent trace) {
        if (messages.size() > MAX_BATCH_MESSAGES) {
            return CompletableFuture.completedFuture(tooMany(messages.size()));
        }
        return push(
                new PushCall(
                        principal, messages.stream().<Push>map(SignedPush::of).toList(), trace));
    }

    private static PushResult tooMany(final int messages) {
        return new PushResult(
                List.of(),
                "expected at most "
                        + MAX_BATCH_MESSAGES
                        + " messages but was "
                        + messages
                        + "; nothing was published");
    }

    /** A client that gave no id needs ours for a retry. */
    private static PushResult named(final PushResult result, final RequestId batchId) {
        return result.failure() == null
                ? result
                : new PushResult(
                        result.receipts(),
                        result.failure() + " (this batch got MsgUuid " + batchId + ")");
    }

    /**
     * A line of pushes for somebody who does not wait for one before the next. Each is committed,
     * or refused, as {@link #push} has it, and in no trace.
     *
     * @param principal 8 bytes that say who asks
     */
    public PushLine line(final byte[] principal) {
        return new PushLine(part -> each.publish(principal, part), turns);
    }

    /** Answers a push that another node took and passed on. Never completes exceptionally. */
    public CompletableFuture<byte[]> onLeaderCall(final byte[] request) {
        // Reading and preparing is work: not on a thread of the engine.
        return CompletableFuture.completedFuture(request)
                .thenComposeAsync(this::answerPeer, ports.executor());
    }

    private CompletableFuture<byte[]> answerPeer(final byte[] request) {
        final PushCall call;
        try {
            call = LeaderWire.decodeCall(request);
        } catch (final MalformedJson e) {
            LOG.error("a peer's push cannot be read", e);
            final String text = "the leader cannot read this node's pushes: " + e.getMessage();
            return CompletableFuture.completedFuture(
                    LeaderWire.encode(List.of(new PushAnswer.Refused(text))));
        }
        return (call.each() ? each.answers(call) : desk.push(call)).thenApply(LeaderWire::encode);
    }

    private CompletableFuture<PushResult> push(final PushCall call) {
        for (int i = 0; i < call.pushes().size(); i++) {
            try {
                call.pushes().get(i).check();
            } catch (final PushRefused refused) {
                // What is wrong with one message is found before anything of the call is done,
                // yet those before it are published, as Lotus would have done.
                return push(call.upTo(i)).thenApply(before -> followedBy(before, refused.text()));
            }
        }
        return pushPart(call, new ArrayList<>());
    }

    /** Part by part, each of a size that one message between nodes may have. */
    private CompletableFuture<PushResult> pushPart(
            final PushCall rest, final List<Receipt> receipts) {
        if (rest.pushes().isEmpty()) {
            return CompletableFuture.completedFuture(new PushResult(receipts, null));
        }
        final int count = PartSize.of(rest);
        final PushCall part = rest.upTo(count);
        return new PushAttempts(part, this::askLeader, options, ports.executor())
                .run()
                .thenCompose(result -> readable(result, rest.trace()))
                .thenCompose(
                        result -> {
                            receipts.addAll(result.receipts());
                            return result.failure() == null
                                    ? pushPart(rest.from(count), receipts)
                                    : CompletableFuture.completedFuture(
                                            new PushResult(receipts, result.failure()));
                        });
    }

    private CompletableFuture<List<PushAnswer>> askLeader(final PushCall call) {
        if (ports.cluster().isLeading()) {
            return desk.push(call);
        }
        final TraceParent trace = call.trace();
        return trace == null
                ? leader.ask(call)
                : ports.tracing().within("forward", trace, place -> leader.ask(call.at(place)));
    }

    /** Waits until this node's ledger has what it is about to answer: clients read their writes. */
    private CompletableFuture<PushResult> readable(
            final PushResult result, final @Nullable TraceParent trace) {
        return trace == null || result.receipts().isEmpty()
                ? readable(result)
                : ports.tracing().within("applied", trace, place -> readable(result));
    }

    private CompletableFuture<PushResult> readable(final PushResult result) {
        return result.receipts().stream().mapToLong(Receipt::sequence).max().stream()
                .mapToObj(last -> ports.applied().await(last, options.waitForLeader()))
                .findFirst()
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenApply(applied -> result);
    }

    private static PushResult followedBy(final PushResult before, final String failure) {
        return before.failure() != null ? before : new PushResult(before.receipts(), failure);
    }
}
