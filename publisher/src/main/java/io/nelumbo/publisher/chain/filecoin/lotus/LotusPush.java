package io.nelumbo.publisher.chain.filecoin.lotus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.PushOutcome.Accepted;
import io.nelumbo.publisher.chain.PushOutcome.AlreadyKnown;
import io.nelumbo.publisher.chain.PushOutcome.Ambiguous;
import io.nelumbo.publisher.chain.PushOutcome.Invalid;
import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Pushes messages in order and says what became of each. Several go in one {@code MpoolBatchPush};
 * that one stops at the first error and forgets to say how far it came, so after an error they go
 * again one by one: what went in before is then already known. Immutable, any thread.
 */
final class LotusPush {
    // Far below what nodes take in one request (Lotus: 100 MiB).
    private static final int MAX_BATCH_MESSAGES = 256;
    private static final int MAX_BATCH_BYTES = 1024 * 1024;

    private final LotusNode node;
    private final LotusJson json;

    LotusPush(final LotusNode node, final LotusJson json) {
        this.node = node;
        this.json = json;
    }

    CompletableFuture<List<PushOutcome>> push(final List<byte[]> signedMessages) {
        return pushRest(signedMessages, new ArrayList<>(signedMessages.size()))
                .exceptionally(
                        failure ->
                                List.of(new Ambiguous(LotusCalls.unwrapped(failure).toString())));
    }

    /** Goes on behind the outcomes so far, which are all good. */
    private CompletableFuture<List<PushOutcome>> pushRest(
            final List<byte[]> messages, final List<PushOutcome> outcomes) {
        if (outcomes.size() == messages.size()) {
            return CompletableFuture.completedFuture(List.copyOf(outcomes));
        }
        final int from = outcomes.size();
        return pushSome(messages.subList(from, batchEnd(messages, from)))
                .thenCompose(
                        some -> {
                            outcomes.addAll(some);
                            return isGood(some.get(some.size() - 1))
                                    ? pushRest(messages, outcomes)
                                    : CompletableFuture.completedFuture(List.copyOf(outcomes));
                        });
    }

    /** At least one outcome, of a prefix of the messages; only the last may be a bad one. */
    private CompletableFuture<List<PushOutcome>> pushSome(final List<byte[]> messages) {
        if (messages.size() == 1) {
            return pushOne(messages.get(0)).thenApply(List::of);
        }
        final ArrayNode batch = JsonNodeFactory.instance.arrayNode(messages.size());
        final List<Cid> expected = new ArrayList<>(messages.size());
        final Map<FilecoinAddress, JsonNode> addresses = new HashMap<>();
        try {
            for (final byte[] message : messages) {
                final SignedFilecoinMessage signed = SignedFilecoinMessage.decode(message);
                batch.add(
                        json.writePushed(
                                signed,
                                address -> addresses.computeIfAbsent(address, json::writeAddress)));
                expected.add(signed.cidOfDecoded(message));
            }
        } catch (final MalformedValue undecodable) {
            // One by one tells which; those before it still go.
            return pushEach(messages, new ArrayList<>());
        }
        return node.call("Filecoin.MpoolBatchPush", batch)
                .thenApply(answer -> named(answer, expected))
                .exceptionallyCompose(
                        failure ->
                                LotusCalls.unwrapped(failure) instanceof JsonRpcFailure.ErrorAnswer
                                        ? pushEach(messages, new ArrayList<>())
                                        : done(List.of(ambiguous(failure))));
    }

    private CompletableFuture<List<PushOutcome>> pushEach(
            final List<byte[]> messages, final List<PushOutcome> outcomes) {
        if (outcomes.size() == messages.size()) {
            return done(outcomes);
        }
        return pushOne(messages.get(outcomes.size()))
                .thenCompose(
                        outcome -> {
                            outcomes.add(outcome);
                            return isGood(outcome) ? pushEach(messages, outcomes) : done(outcomes);
                        });
    }

    private CompletableFuture<PushOutcome> pushOne(final byte[] message) {
        final SignedFilecoinMessage signed;
        try {
            signed = SignedFilecoinMessage.decode(message);
        } catch (final MalformedValue undecodable) {
            return CompletableFuture.completedFuture(
                    new Invalid("expected a signed message: " + undecodable.getMessage()));
        }
        return node.call("Filecoin.MpoolPush", json.writePushed(signed, json::writeAddress))
                .handle(
                        (answer, failure) ->
                                failure == null
                                        ? named(answer, signed.cidOfDecoded(message))
                                        : outcomeOf(LotusCalls.unwrapped(failure)));
    }

    private static PushOutcome outcomeOf(final Throwable failure) {
        return failure instanceof JsonRpcFailure.ErrorAnswer no
                ? LotusAnswers.outcomeOf(no.text())
                : ambiguous(failure);
    }

    private static PushOutcome ambiguous(final Throwable failure) {
        return new Ambiguous(String.valueOf(LotusCalls.unwrapped(failure).getMessage()));
    }

    private List<PushOutcome> named(final JsonNode answer, final List<Cid> expected) {
        final List<PushOutcome> outcomes = new ArrayList<>(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            outcomes.add(named(answer.path(i), expected.get(i)));
            if (!isGood(outcomes.get(i))) {
                break;
            }
        }
        return outcomes;
    }

    /** A node that took something must call it what we call it: anything else is no acceptance. */
    private PushOutcome named(final JsonNode answer, final Cid expected) {
        try {
            final Cid actual = json.readCid("MpoolPush", answer);
            return actual.equals(expected)
                    ? new Accepted()
                    : new Ambiguous("expected " + expected + " to be taken but was " + actual);
        } catch (final MalformedValue malformed) {
            return ambiguous(malformed);
        }
    }

    private static boolean isGood(final PushOutcome outcome) {
        return outcome instanceof Accepted || outcome instanceof AlreadyKnown;
    }

    private static int batchEnd(final List<byte[]> messages, final int from) {
        int end = from;
        long bytes = 0;
        do {
            bytes += messages.get(end++).length;
        } while (end < messages.size()
                && end - from < MAX_BATCH_MESSAGES
                && bytes + messages.get(end).length <= MAX_BATCH_BYTES);
        return end;
    }

    private static CompletableFuture<List<PushOutcome>> done(final List<PushOutcome> outcomes) {
        return CompletableFuture.completedFuture(outcomes);
    }
}
