package io.nelumbo.publisher.api.mpool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.api.mpool.CheckMethods.Sender;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.MessageRules;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.MessagePrototype;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The checks of one call, message after message: each counts on the nonces and the funds that those
 * before it take. What is pending is not counted, as at a push. Owned by the thread that made it.
 *
 * <p>Source: Lotus, {@code messagepool.checkMessages}, for codes, order and words.
 */
final class MessageChecks {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int SERIALIZE = 1;
    private static final int SIZE = 2;
    private static final int VALIDITY = 3;
    private static final int MIN_GAS = 4;
    private static final int MIN_BASE_FEE = 5;
    private static final int BASE_FEE = 6;
    private static final int BASE_FEE_LOWER_BOUND = 7;
    private static final int BASE_FEE_UPPER_BOUND = 8;
    private static final int GET_STATE_NONCE = 9;
    private static final int NONCE = 10;
    private static final int GET_STATE_BALANCE = 11;
    private static final int BALANCE = 12;

    private static final int MAX_UNSIGNED_BYTES = SignedFilecoinMessage.MAX_BYTES - 128;

    /** The base fee can change by so much in 20 epochs. */
    private static final BigInteger FEE_FACTOR = BigInteger.TEN;

    private final BigInteger baseFee;
    private final Map<FilecoinAddress, Sender> senders;
    private final LotusJson json;
    private final Map<FilecoinAddress, BigInteger> nextNonces = new HashMap<>();
    private final Map<FilecoinAddress, BigInteger> requiredFunds = new HashMap<>();

    /**
     * @param senders of all messages that will be checked
     */
    MessageChecks(
            final BigInteger baseFee,
            final Map<FilecoinAddress, Sender> senders,
            final LotusJson json) {
        this.baseFee = baseFee;
        this.senders = senders;
        this.json = json;
    }

    ArrayNode of(final MessagePrototype prototype) {
        final FilecoinMessage message = prototype.message();
        final Sender sender = Objects.requireNonNull(senders.get(message.from()));
        final ArrayNode checks = NODES.arrayNode();
        final JsonNode cid = json.writeCid(message.cid());
        if (!told(checks, cid, GET_STATE_NONCE, "nonce", sender.nonce())
                || !told(checks, cid, GET_STATE_BALANCE, "balance", sender.balance())) {
            return checks;
        }
        add(checks, cid, SERIALIZE, "");
        add(
                checks,
                cid,
                SIZE,
                message.encode().length > MAX_UNSIGNED_BYTES ? "message too big" : "");
        final String defect = MessageRules.defect(message);
        add(
                checks,
                cid,
                VALIDITY,
                defect == null ? "" : "syntactically invalid message: " + defect);
        if (defect == null) {
            addGas(checks, cid, message);
            addNonce(checks, cid, prototype, sender.nonce().number());
            addBalance(checks, cid, message, sender.balance().number());
        }
        return checks;
    }

    private void addGas(final ArrayNode checks, final JsonNode cid, final FilecoinMessage message) {
        add(
                        checks,
                        cid,
                        MIN_GAS,
                        message.gasLimit() < MessageRules.MIN_GAS
                                ? "GasLimit less than epoch minimum gas"
                                : "")
                .putObject("Hint")
                .put("minGas", MessageRules.MIN_GAS);
        final BigInteger cap = message.gasFeeCap();
        if (!addFee(checks, cid, MIN_BASE_FEE, cap, MessageRules.MIN_FEE_CAP, "minimum base fee")) {
            return;
        }
        addFee(checks, cid, BASE_FEE, cap, baseFee, "current base fee");
        final BigInteger lower = baseFee.divide(FEE_FACTOR).max(MessageRules.MIN_FEE_CAP);
        final String inclusion = " for inclusion in next 20 epochs";
        if (addFee(
                checks,
                cid,
                BASE_FEE_LOWER_BOUND,
                cap,
                lower,
                "base fee lower bound" + inclusion)) {
            addFee(
                    checks,
                    cid,
                    BASE_FEE_UPPER_BOUND,
                    cap,
                    baseFee.multiply(FEE_FACTOR),
                    "base fee upper bound" + inclusion);
        }
    }

    private void addNonce(
            final ArrayNode checks,
            final JsonNode cid,
            final MessagePrototype prototype,
            final BigInteger ofAccount) {
        final FilecoinAddress from = prototype.message().from();
        final BigInteger next = nextNonces.getOrDefault(from, ofAccount);
        final boolean matches =
                !prototype.validNonce()
                        || Long.toUnsignedString(prototype.message().nonce())
                                .equals(next.toString());
        add(
                        checks,
                        cid,
                        NONCE,
                        matches ? "" : "message nonce doesn't match next nonce (" + next + ")")
                .putObject("Hint")
                .put("nextNonce", next);
        nextNonces.put(from, matches ? next.add(BigInteger.ONE) : next);
    }

    private void addBalance(
            final ArrayNode checks,
            final JsonNode cid,
            final FilecoinMessage message,
            final BigInteger balance) {
        final BigInteger required =
                requiredFunds.merge(message.from(), message.requiredFunds(), BigInteger::add);
        add(checks, cid, BALANCE, balance.compareTo(required) < 0 ? "insufficient balance" : "")
                .putObject("Hint")
                .put("requiredFunds", required.toString());
    }

    private static boolean addFee(
            final ArrayNode checks,
            final JsonNode cid,
            final int code,
            final BigInteger feeCap,
            final BigInteger bound,
            final String name) {
        final boolean enough = feeCap.compareTo(bound) >= 0;
        final ObjectNode check =
                add(checks, cid, code, enough ? "" : "GasFeeCap less than " + name);
        if (code == BASE_FEE) {
            check.putObject("Hint").put("baseFee", bound.toString());
        }
        return enough;
    }

    private static boolean told(
            final ArrayNode checks,
            final JsonNode cid,
            final int code,
            final String what,
            final CheckMethods.Told answer) {
        if (!answer.failure().isEmpty()) {
            add(checks, cid, code, "error retrieving state " + what + ": " + answer.failure());
            return false;
        }
        final ObjectNode hint = add(checks, cid, code, "").putObject("Hint");
        if (code == GET_STATE_NONCE) {
            hint.put(what, answer.number());
        } else {
            hint.put(what, answer.number().toString());
        }
        return true;
    }

    private static ObjectNode add(
            final ArrayNode checks, final JsonNode cid, final int code, final String failure) {
        final ObjectNode check = checks.addObject();
        check.set("Cid", cid);
        return check.put("Code", code)
                .put("OK", failure.isEmpty())
                .put("Err", failure)
                .putNull("Hint");
    }
}
