package io.nelumbo.publisher.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Stream;

/**
 * A way in for bytes that strangers wrote, and what it promises of them.
 *
 * @param samples what it takes: others are made of these
 * @param entry where the bytes go
 */
public record Door(String name, List<byte[]> samples, Entry entry) {

    /** Lets bytes in. */
    @FunctionalInterface
    public interface Entry {

        /**
         * Whether the bytes were taken. False if they were refused as the door's documentation says
         * that it refuses; whatever is thrown is a broken promise.
         */
        boolean takes(byte[] bytes) throws Exception;
    }

    /** The same for texts. */
    @FunctionalInterface
    public interface TextEntry {

        boolean takes(String text) throws Exception;
    }

    /** A way in for texts. */
    public static Door ofText(final String name, final TextEntry entry, final String... samples) {
        return new Door(
                name,
                Stream.of(samples).map(sample -> sample.getBytes(UTF_8)).toList(),
                bytes -> entry.takes(new String(bytes, UTF_8)));
    }

    @Override
    public String toString() {
        return name;
    }
}
