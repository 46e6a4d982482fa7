package io.nelumbo.publisher.api.mpool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.api.push.ChainQuestions;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.Params;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What one may want to change about a pool. Of the outbox nothing can be cleared or pruned: a nonce
 * that is committed ends in one of four ways (I9), and "cleared" is none of them. So these methods
 * answer what is true, and refuse the rest with a reason. Any thread.
 */
public final class MpoolMethods {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String PRIORITY = "PriorityAddrs";
    private static final String HIGH = "SizeLimitHigh";
    private static final String LOW = "SizeLimitLow";
    private static final String RATIO = "ReplaceByFeeRatio";
    private static final String COOLDOWN = "PruneCooldown";
    private static final String OVERESTIMATION = "GasLimitOverestimation";

    private static final String FROM_FILE =
            "is [Pipeline] MaxUnconfirmedMessages of config.toml: set it there, the same on all"
                    + " nodes, and restart them";
    private static final String FROM_UPSTREAM =
            "is the chain node's, which estimates gas and compares premiums: set it there";

    private static final List<String> FIELDS =
            List.of(PRIORITY, HIGH, LOW, RATIO, COOLDOWN, OVERESTIMATION);

    /** Why a value cannot be set here, by field. */
    private static final Map<String, String> REASONS =
            Map.of(
                    PRIORITY,
                    "has no effect: nothing is pruned, and no account waits for another",
                    HIGH,
                    FROM_FILE,
                    LOW,
                    FROM_FILE,
                    RATIO,
                    FROM_UPSTREAM,
                    COOLDOWN,
                    "has no effect: committed messages are never pruned",
                    OVERESTIMATION,
                    FROM_UPSTREAM);

    private final LedgerView ledger;
    private final ChainQuestions chain;
    private final long maxUnconfirmedMessages;

    /**
     * @param maxUnconfirmedMessages beyond, pushes are refused
     */
    public MpoolMethods(
            final LedgerView ledger,
            final ChainQuestions chain,
            final long maxUnconfirmedMessages) {
        this.ledger = ledger;
        this.chain = chain;
        this.maxUnconfirmedMessages = maxUnconfirmedMessages;
    }

    /**
     * {@code MpoolClear}: [whether our own messages, too]. All in the outbox are our own, so
     * without them there is nothing to clear; with them, only nothing can be cleared.
     */
    public CompletableFuture<JsonNode> clear(final Params params, final Caller caller) {
        final boolean local = params.expect(1, 1).bool(0);
        final long unconfirmed = ledger.unconfirmedMessages();
        if (local && unconfirmed > 0) {
            throw JsonRpcError.application(
                    unconfirmed
                            + " messages are committed, and a committed message cannot be taken"
                            + " back: its receipt is given out, and chain nodes may have it;"
                            + " nothing was cleared. They leave when the chain confirms them");
        }
        return CompletableFuture.completedFuture(NODES.nullNode());
    }

    /** {@code MpoolGetConfig}: the limits of the outbox, and what the upstream says of the rest. */
    public CompletableFuture<JsonNode> config(final Params params, final Caller caller) {
        params.expect(0, 0);
        return config().thenApply(config -> config);
    }

    /**
     * {@code MpoolSetConfig}: [config]. Sets nothing: what is asked for must be what is, or it is
     * refused, field by field. A field that is left out, or null, asks for nothing.
     */
    public CompletableFuture<JsonNode> setConfig(final Params params, final Caller caller) {
        final JsonNode asked = params.expect(1, 1).object(0);
        return config().thenApply(
                        now -> {
                            // A set: however many fields come, what is said of them is bounded.
                            final Set<String> refused = new LinkedHashSet<>();
                            asked.properties()
                                    .forEach(
                                            field ->
                                                    check(
                                                            now,
                                                            field.getKey(),
                                                            field.getValue(),
                                                            refused));
                            if (!refused.isEmpty()) {
                                throw JsonRpcError.application(
                                        String.join("; ", refused) + "; nothing was changed");
                            }
                            return NODES.nullNode();
                        });
    }

    private CompletableFuture<ObjectNode> config() {
        return chain.call("Filecoin.MpoolGetConfig", List.of())
                .thenApply(
                        upstream -> {
                            final ObjectNode config = NODES.objectNode();
                            config.putArray(PRIORITY);
                            config.put(HIGH, maxUnconfirmedMessages);
                            config.put(LOW, maxUnconfirmedMessages);
                            config.set(RATIO, number(upstream, RATIO));
                            config.put(COOLDOWN, 0);
                            config.set(OVERESTIMATION, number(upstream, OVERESTIMATION));
                            return config;
                        });
    }

    /** Null where the upstream does not say. */
    private static JsonNode number(final JsonNode upstream, final String name) {
        return upstream.path(name).isNumber() ? upstream.path(name) : NODES.nullNode();
    }

    private static void check(
            final ObjectNode now,
            final String name,
            final JsonNode asked,
            final Set<String> refused) {
        for (final String field : FIELDS) {
            if (field.equalsIgnoreCase(name)) {
                if (!asked.isNull() && !isSame(now.path(field), asked)) {
                    refused.add(field + " " + REASONS.get(field));
                }
                return;
            }
        }
        refused.add("expected settings among " + FIELDS + " but was another");
    }

    private static boolean isSame(final JsonNode now, final JsonNode asked) {
        return (now.isNumber() && asked.isNumber())
                ? now.decimalValue().compareTo(asked.decimalValue()) == 0
                : now.equals(asked);
    }
}
