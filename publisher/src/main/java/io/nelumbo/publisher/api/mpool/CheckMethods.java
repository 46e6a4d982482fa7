package io.nelumbo.publisher.api.mpool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.api.push.ChainQuestions;
import io.nelumbo.publisher.api.push.Failures;
import io.nelumbo.publisher.chain.UpstreamFailure;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.MessagePrototype;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.Params;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code MpoolCheckMessages}: what would stand in the way of messages. Any thread. */
public final class CheckMethods {
    /** Each sender costs two questions upstream. */
    static final int MAX_MESSAGES = 256;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final LedgerView ledger;
    private final ChainQuestions chain;
    private final LotusJson json;

    public CheckMethods(final LedgerView ledger, final ChainQuestions chain, final LotusJson json) {
        this.ledger = ledger;
        this.chain = chain;
        this.json = json;
    }

    /** [[prototype]] to [[check]]: a list of checks for each message, in Lotus's order. */
    public CompletableFuture<JsonNode> check(final Params params, final Caller caller) {
        final List<MessagePrototype> messages = new ArrayList<>();
        for (final JsonNode node : params.expect(1, 1).array(0)) {
            messages.add(json.readPrototype("params[0][" + messages.size() + "]", node));
        }
        if (messages.size() > MAX_MESSAGES) {
            throw JsonRpcError.invalidParams(
                    "expected at most " + MAX_MESSAGES + " messages but was " + messages.size());
        }
        return baseFee()
                .thenCombine(
                        senders(messages),
                        (baseFee, senders) -> {
                            final MessageChecks checks = new MessageChecks(baseFee, senders, json);
                            final ArrayNode all = NODES.arrayNode();
                            messages.forEach(message -> all.add(checks.of(message)));
                            return all;
                        });
    }

    private CompletableFuture<BigInteger> baseFee() {
        return chain.call("Filecoin.ChainHead", List.of())
                .thenApply(
                        head -> {
                            final String text = head.at("/Blocks/0/ParentBaseFee").asText();
                            if (!text.matches("[0-9]{1,40}")) {
                                throw new UpstreamFailure("error computing basefee: none was told");
                            }
                            return new BigInteger(text);
                        });
    }

    private CompletableFuture<Map<FilecoinAddress, Sender>> senders(
            final List<MessagePrototype> messages) {
        CompletableFuture<Map<FilecoinAddress, Sender>> all =
                CompletableFuture.completedFuture(new HashMap<>());
        for (final FilecoinAddress from :
                messages.stream()
                        .map(prototype -> prototype.message().from())
                        .distinct()
                        .toList()) {
            all =
                    all.thenCombine(
                            sender(from),
                            (known, sender) -> {
                                known.put(from, sender);
                                return known;
                            });
        }
        return all;
    }

    private CompletableFuture<Sender> sender(final FilecoinAddress from) {
        return told(nonce(from)).thenCombine(told(balance(from)), Sender::new);
    }

    /** As {@code MpoolGetNonce} answers: ours where we give the nonces. */
    private CompletableFuture<BigInteger> nonce(final FilecoinAddress from) {
        final int id = ledger.accountId(ChainKind.FILECOIN, from.bytes());
        return id >= 0
                ? CompletableFuture.completedFuture(
                        new BigInteger(Long.toUnsignedString(ledger.nextNonce(id))))
                : chain.call("Filecoin.MpoolGetNonce", List.of(json.writeAddress(from)))
                        .thenApply(JsonNode::bigIntegerValue);
    }

    /** Among the calls that clients have passed on, which are bounded: pushes are not. */
    private CompletableFuture<BigInteger> balance(final FilecoinAddress from) {
        return chain.call("Filecoin.WalletBalance", List.of(json.writeAddress(from)))
                .thenApply(
                        balance -> {
                            if (!balance.asText().matches("[0-9]{1,40}")) {
                                throw new UpstreamFailure("error getting balance: none was told");
                            }
                            return new BigInteger(balance.asText());
                        });
    }

    private static CompletableFuture<Told> told(final CompletableFuture<BigInteger> question) {
        return question.handle(
                (answer, failure) ->
                        failure == null
                                ? new Told(answer, "")
                                : new Told(
                                        BigInteger.ZERO,
                                        String.valueOf(Failures.cause(failure).getMessage())));
    }

    /**
     * A number, or why it is not known.
     *
     * @param failure empty when it is
     */
    record Told(BigInteger number, String failure) {}

    /** What is known of an account. */
    record Sender(Told nonce, Told balance) {}
}
