package io.nelumbo.publisher.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * The messages of a load, by their numbers: transfers of 1 attoFIL, from all accounts in turn, each
 * to the next one. Their gas is given, so that no chain node is asked to estimate it. Immutable;
 * any thread.
 */
public final class Transfers {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_PARAMS_BYTES = 60_000;
    private static final long GAS_LIMIT = 1_000_000;

    /** Above the base fee of an idle chain. */
    private static final String GAS_FEE_CAP = "200000";

    private static final String GAS_PREMIUM = "100000";

    private final List<String> accounts;
    private final String params;
    private final long load;

    /**
     * @param accounts addresses whose keys the cluster has; at least one
     * @param paramsBytes of each message, which makes it as much larger
     * @param load tells this load's request ids from those of others
     */
    public Transfers(final List<String> accounts, final int paramsBytes, final long load) {
        if (accounts.isEmpty() || paramsBytes < 0 || paramsBytes > MAX_PARAMS_BYTES) {
            throw new IllegalArgumentException(
                    "expected accounts and 0 to 60000 bytes of params but was %d and %d"
                            .formatted(accounts.size(), paramsBytes));
        }
        this.accounts = List.copyOf(accounts);
        this.params = Base64.getEncoder().encodeToString(new byte[paramsBytes]);
        this.load = load;
    }

    /** Lotus's {@code Message}. */
    ObjectNode message(final long number) {
        final ObjectNode message = NODES.objectNode();
        message.put("Version", 0)
                .put("To", account(number + 1))
                .put("From", account(number))
                .put("Nonce", 0)
                .put("Value", "1")
                .put("GasLimit", GAS_LIMIT)
                .put("GasFeeCap", GAS_FEE_CAP)
                .put("GasPremium", GAS_PREMIUM)
                .put("Method", 0)
                .put("Params", params);
        return message;
    }

    /** Lotus's {@code MessageSendSpec} with the request id of the push that begins with it. */
    ObjectNode spec(final long number) {
        return NODES.objectNode().put("MsgUuid", new UUID(load, number).toString());
    }

    private String account(final long number) {
        return accounts.get((int) (number % accounts.size()));
    }
}
