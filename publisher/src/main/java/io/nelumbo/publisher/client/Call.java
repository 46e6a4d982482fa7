package io.nelumbo.publisher.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as every node gets it, and whether a second node may get it after a first. Immutable.
 *
 * <p>Source: FILECOIN.md, JSON-RPC; the table of methods and permissions.
 *
 * @param method without the prefix {@code Filecoin.}
 * @param requestId of a push, the same at every try; null if it needs none
 */
record Call(String method, List<JsonNode> params, Kind kind, @Nullable UUID requestId) {

    /** Whether it may be sent again when it is not known what became of it. */
    enum Kind {
        /** Changes nothing. */
        READ,
        /** Takes effect once under its request id, or as the signed message that it is. */
        PUSH,
        /** Anything else: it may take effect each time. */
        ONCE
    }

    private static final Set<String> PUSHES = Set.of("MpoolPushMessage", "MpoolBatchPushMessage");

    /** Of messages that name themselves by their bytes: pushed again, they are not doubled. */
    private static final Set<String> SIGNED_PUSHES =
            Set.of("MpoolPush", "MpoolPushUntrusted", "MpoolBatchPush", "MpoolBatchPushUntrusted");

    private static final Set<String> READS =
            Set.of(
                    "AuthVerify",
                    "ChainHead",
                    "ID",
                    "MpoolCheckMessages",
                    "MpoolGetConfig",
                    "MpoolGetNonce",
                    "MpoolPending",
                    "NetAddrsListen",
                    "RaftLeader",
                    "RaftState",
                    "Version",
                    "WalletBalance",
                    "WalletDefaultAddress",
                    "WalletHas",
                    "WalletList",
                    "WalletVerify");

    /** All methods that begin so only look. */
    private static final List<String> READ_PREFIXES = List.of("ChainGet", "GasEstimate", "State");

    private static final LotusJson JSON = new LotusJson(Network.MAINNET);

    /** A push without a request id gets one. */
    static Call of(final String method, final List<JsonNode> params) {
        if (PUSHES.contains(method)) {
            return push(method, params);
        }
        if (SIGNED_PUSHES.contains(method)) {
            return new Call(method, List.copyOf(params), Kind.PUSH, null);
        }
        final boolean reads =
                READS.contains(method) || READ_PREFIXES.stream().anyMatch(method::startsWith);
        return new Call(method, List.copyOf(params), reads ? Kind.READ : Kind.ONCE, null);
    }

    /** Whether the answer may take as long as the chain takes. */
    boolean waits() {
        return method.equals("StateWaitMsg");
    }

    private static Call push(final String method, final List<JsonNode> params) {
        final Call asGiven = new Call(method, List.copyOf(params), Kind.ONCE, null);
        if (params.isEmpty() || params.size() > 2) {
            return asGiven;
        }
        final JsonNode given = params.size() == 2 ? params.get(1) : JSON.writeSpec(PushSpec.NONE);
        final PushSpec spec;
        try {
            spec = JSON.readSpec("spec", given);
        } catch (final MalformedValue e) {
            // It is for the node to refuse, in its own words.
            return asGiven;
        }
        if (spec.requestId() != null) {
            return new Call(method, List.copyOf(params), Kind.PUSH, spec.requestId().uuid());
        }
        final UUID requestId = UUID.randomUUID();
        final List<JsonNode> identified = List.of(params.get(0), withId(given, requestId));
        return new Call(method, identified, Kind.PUSH, requestId);
    }

    /** Field names are read in any case, so the empty one that may be there has to go. */
    private static JsonNode withId(final JsonNode spec, final UUID requestId) {
        final ObjectNode identified = JsonNodeFactory.instance.objectNode();
        spec.properties().stream()
                .filter(field -> !field.getKey().equalsIgnoreCase("MsgUuid"))
                .forEach(field -> identified.set(field.getKey(), field.getValue()));
        return identified.put("MsgUuid", requestId.toString());
    }
}
