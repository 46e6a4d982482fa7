package io.nelumbo.publisher.jsonrpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON from strangers: UTF-8 only and valid, one value and nothing behind it, no duplicate
 * keys, bounded depth and numbers. Decimal fractions stay exact. Immutable; any thread.
 */
public final class StrictJson {

    /**
     * For what clients send: nothing of ours nests deeper than 8, or has a number over 20 digits.
     * The most tokens are those of a batch push: 10,000 signed messages, each of 10 plain fields,
     * two CIDs, a signature and its brackets, 43 tokens; a thousand calls in one array stay far
     * below.
     */
    public static final StrictJson REQUESTS = new StrictJson(32, 100, 450_000, true);

    /** The same, for whoever passes on what stands under repeated keys and does not read it. */
    static final StrictJson REPEATING_REQUESTS = new StrictJson(32, 100, 450_000, false);

    /**
     * For what chain nodes answer: decoded return values nest as deep as an actor likes. The most
     * tokens are those of a pool: 40,000 signed messages of 45 tokens, and some to spare.
     */
    public static final StrictJson ANSWERS = new StrictJson(200, 1000, 2_000_000, true);

    private static final Pattern SOURCE =
            Pattern.compile("\\[Source: [^;]*; (line: \\d+, column: \\d+)]");

    private final ObjectMapper mapper;

    private StrictJson(
            final int maxNestingDepth,
            final int maxNumberLength,
            final long maxTokens,
            final boolean refusesRepeatedKeys) {
        final StreamReadConstraints constraints =
                StreamReadConstraints.builder()
                        .maxNestingDepth(maxNestingDepth)
                        .maxNumberLength(maxNumberLength)
                        .maxNameLength(1000)
                        .maxTokenCount(maxTokens)
                        .build();
        this.mapper =
                JsonMapper.builder(
                                JsonFactory.builder()
                                        .streamReadConstraints(constraints)
                                        .configure(
                                                StreamReadFeature.STRICT_DUPLICATE_DETECTION,
                                                refusesRepeatedKeys)
                                        .build())
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                        .nodeFactory(new BoundedNumbers())
                        .build();
    }

    /** Reads one value. Throws {@link MalformedJson} with a text that is fit for the sender. */
    public JsonNode read(final byte[] utf8) throws MalformedJson {
        final JsonNode node;
        try {
            node = mapper.readTree(text(utf8));
        } catch (final JsonProcessingException e) {
            throw new MalformedJson(described(e));
        } catch (final ArithmeticException | NumberFormatException e) {
            throw new MalformedJson("malformed JSON: expected a number with a smaller exponent");
        }
        if (node.isMissingNode()) {
            throw new MalformedJson("malformed JSON: expected a value but was nothing");
        }
        return node;
    }

    /** Writes a value, without white space, as UTF-8. */
    public byte[] write(final JsonNode node) {
        try {
            return mapper.writeValueAsBytes(node);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("expected any tree to be writable", e);
        }
    }

    /** Jackson would guess the encoding and let some invalid sequences pass. */
    private static String text(final byte[] utf8) throws MalformedJson {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (final CharacterCodingException e) {
            throw new MalformedJson("malformed JSON: expected UTF-8 but was " + e.getMessage());
        }
    }

    private static String described(final JsonProcessingException e) {
        final String where =
                e.getLocation() == null
                        ? ""
                        : " at line "
                                + e.getLocation().getLineNr()
                                + ", column "
                                + e.getLocation().getColumnNr();
        // Jackson quotes its own settings beside the place where a bracket was opened.
        final String why = SOURCE.matcher(e.getOriginalMessage()).replaceAll("$1");
        return "malformed JSON" + where + ": " + why;
    }

    /**
     * Refuses what is short to write and endless to compute with: {@code 1e999999999} as a whole
     * number takes all the memory there is.
     */
    private static final class BoundedNumbers extends JsonNodeFactory {
        private static final long serialVersionUID = 1L;
        private static final int MAX_SCALE = 1000;

        @Override
        public ValueNode numberNode(final @Nullable BigDecimal value) {
            if (value != null && Math.abs((long) value.scale()) > MAX_SCALE) {
                throw new ArithmeticException("expected a smaller exponent");
            }
            return super.numberNode(value);
        }
    }
}
