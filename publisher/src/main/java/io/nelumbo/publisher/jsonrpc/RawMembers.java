package io.nelumbo.publisher.jsonrpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts values out of JSON text by the places where a parser found them, without making anything of
 * them. All of the text is checked to be JSON in UTF-8. Any thread.
 */
final class RawMembers {
    private static final int MAX_DEPTH = 1000;
    private static final int MAX_NUMBER_CHARS = 1000;
    private static final int CHECKED_CHARS = 8192;

    /** Repeated keys may stand anywhere; strings may be as long as the text. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(MAX_NUMBER_CHARS)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private RawMembers() {}

    /**
     * The members of an object by their names; of a repeated name the last.
     *
     * @throws MalformedJson when the text is not one JSON object and nothing else
     */
    static Map<String, RawJson> ofObject(final byte[] json) throws MalformedJson {
        checkEncoding(json);
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedJson("malformed JSON: expected an object");
            }
            final Map<String, RawJson> members = members(parser, json);
            expectEnd(parser);
            return members;
        } catch (final JsonProcessingException e) {
            throw malformed(e);
        } catch (final IOException e) {
            throw new IllegalStateException("expected no I/O in memory", e);
        }
    }

    /**
     * The elements of an array.
     *
     * @throws MalformedJson when the text is not one JSON array and nothing else
     */
    static List<RawJson> ofArray(final byte[] json) throws MalformedJson {
        checkEncoding(json);
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new MalformedJson("malformed JSON: expected an array");
            }
            final List<RawJson> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser, json));
            }
            expectEnd(parser);
            return elements;
        } catch (final JsonProcessingException e) {
            throw malformed(e);
        } catch (final IOException e) {
            throw new IllegalStateException("expected no I/O in memory", e);
        }
    }

    /**
     * The member {@code params} of a call, or of each call of a batch; null where a call has none.
     *
     * @param request read as JSON before, objects or not; a call with a repeated name is refused
     */
    static List<@Nullable RawJson> paramsOf(final byte[] request) throws MalformedJson {
        checkEncoding(request);
        try (JsonParser parser = FACTORY.createParser(request)) {
            final List<@Nullable RawJson> params = new ArrayList<>();
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                params.add(paramsAt(parser, request));
                return params;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                params.add(paramsAt(parser, request));
            }
            return params;
        } catch (final JsonProcessingException e) {
            throw malformed(e);
        } catch (final IOException e) {
            throw new IllegalStateException("expected no I/O in memory", e);
        }
    }

    private static @Nullable RawJson paramsAt(final JsonParser parser, final byte[] json)
            throws IOException, MalformedJson {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            value(parser, json);
            return null;
        }
        final Map<String, RawJson> call = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            final String name = parser.currentName();
            parser.nextToken();
            if (call.put(name, value(parser, json)) != null) {
                throw new MalformedJson("malformed JSON: expected '" + name + "' once in a call");
            }
        }
        return call.get("params");
    }

    private static Map<String, RawJson> members(final JsonParser parser, final byte[] json)
            throws IOException {
        final Map<String, RawJson> members = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            final String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser, json));
        }
        return members;
    }

    private static RawJson value(final JsonParser parser, final byte[] json) throws IOException {
        final int start = (int) parser.currentTokenLocation().getByteOffset();
        final int end;
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            end = endOfString(json, start);
        } else {
            parser.skipChildren();
            end = (int) parser.currentLocation().getByteOffset();
        }
        return new RawJson(json, start, end - start);
    }

    /**
     * Without asking the parser, which would make a text of it. The parser goes over the string
     * with its next token, and finds what is wrong with it.
     */
    private static int endOfString(final byte[] json, final int start) {
        int at = start + 1;
        while (at < json.length && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, json.length);
    }

    private static void expectEnd(final JsonParser parser) throws IOException, MalformedJson {
        if (parser.nextToken() != null) {
            throw new MalformedJson("malformed JSON: expected nothing behind the value");
        }
    }

    /** The parser would let some invalid sequences pass, and guess UTF-16 from zeros or marks. */
    private static void checkEncoding(final byte[] json) throws MalformedJson {
        if (json.length < 2 || json[0] <= 0 || json[1] <= 0) {
            throw new MalformedJson("malformed JSON: expected an object or an array in UTF-8");
        }
        final CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        final ByteBuffer bytes = ByteBuffer.wrap(json);
        final CharBuffer chars = CharBuffer.allocate(CHECKED_CHARS);
        CoderResult result = decoder.decode(bytes, chars, true);
        while (result.isOverflow()) {
            chars.clear();
            result = decoder.decode(bytes, chars, true);
        }
        if (result.isError()) {
            throw new MalformedJson("malformed JSON: expected UTF-8 but was " + result);
        }
    }

    private static MalformedJson malformed(final JsonProcessingException e) {
        return new MalformedJson("malformed JSON: " + e.getOriginalMessage());
    }
}
