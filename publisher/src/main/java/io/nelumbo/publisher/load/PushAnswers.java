package io.nelumbo.publisher.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

/** What a node's answer to a push means for its messages. Stateless. */
final class PushAnswers {

    /** Words of our nodes that leave a doubt about some message of a push, in lower case. */
    private static final List<String> IN_DOUBT =
            List.of("outcome unknown", "may be", "are committed and stand", "internal error");

    /** What differs from refusal to refusal of one kind. */
    private static final Pattern PARTICULARS =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}|\\b[ft]\\d[a-z2-7]{20,}|\\d+");

    private PushAnswers() {}

    /** A signed message has to be there for each, in their order. */
    static void acknowledge(
            final long first,
            final int count,
            final Iterable<JsonNode> signed,
            final Outcomes outcomes,
            final ReceiptListener receipts) {
        int answered = 0;
        for (final JsonNode message : signed) {
            final JsonNode nonce = message.path("Message").path("Nonce");
            final String cid = message.path("CID").path("/").asText();
            if (!nonce.isIntegralNumber() || cid.isEmpty() || answered == count) {
                break;
            }
            receipts.onReceipt(
                    message.path("Message").path("From").asText(),
                    nonce.bigIntegerValue().longValue(),
                    cid);
            answered++;
        }
        if (answered > 0) {
            outcomes.acknowledged(first, answered);
        }
        if (answered < count) {
            outcomes.unknown(first + answered, count - answered);
        }
    }

    static void fail(
            final long first, final int count, final Throwable failure, final Outcomes outcomes) {
        final Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof JsonRpcFailure.Transport transport && transport.notSent()) {
            outcomes.refused(first, count, "no connection");
        } else if (cause instanceof JsonRpcFailure.ErrorAnswer answer && !isInDoubt(answer)) {
            outcomes.refused(first, count, PARTICULARS.matcher(answer.text()).replaceAll("#"));
        } else {
            outcomes.unknown(first, count);
        }
    }

    private static boolean isInDoubt(final JsonRpcFailure.ErrorAnswer answer) {
        final String text = answer.text().toLowerCase(Locale.ROOT);
        return IN_DOUBT.stream().anyMatch(text::contains);
    }
}
