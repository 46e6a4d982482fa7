package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The command line as a test uses it: in this process, with its own environment and streams. */
final class Cli {
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String input = "";

    Cli with(final String variable, final String value) {
        environment.put(variable, value);
        return this;
    }

    Cli typing(final String text) {
        input = text;
        return this;
    }

    Result run(final Object... words) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final String[] args = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            args[i] = words[i].toString();
        }
        final Session session =
                new Session(
                        environment,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintWriter(out),
                        new PrintWriter(err));
        final int exitCode = Nelumbo.run(session, args);
        return new Result(exitCode, out.toString(), err.toString());
    }

    /** What a command said and how it ended. */
    record Result(int exitCode, String out, String err) {

        /** Standard output, which must be one JSON value on one line. */
        JsonNode json() {
            if (out.strip().contains("\n")) {
                throw new AssertionError("expected one line but was " + out);
            }
            return parse(out);
        }

        /** Standard error, which must be one JSON value. */
        JsonNode errorJson() {
            return parse(err);
        }

        private static JsonNode parse(final String text) {
            try {
                return new ObjectMapper().readTree(text);
            } catch (final IOException e) {
                throw new UncheckedIOException("expected JSON but was " + text, e);
            }
        }
    }
}
