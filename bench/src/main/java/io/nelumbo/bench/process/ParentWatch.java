package io.nelumbo.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;

/**
 * The child's side of {@link ChildJvm}: says lines to the parent, hears its lines, and ends when
 * the parent does. Used by one thread.
 */
public final class ParentWatch {

    private final BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, UTF_8));

    /** Tells the parent one line. */
    public void say(final String line) {
        System.out.println(line);
        System.out.flush();
    }

    /**
     * The parent's next line. When there is none, because the parent has closed its end or died,
     * this process ends at once: whatever it keeps is only for the measurement.
     */
    public String hear() {
        try {
            final String line = input.readLine();
            if (line == null) {
                Runtime.getRuntime().halt(0);
                throw new AssertionError("halted");
            }
            return line;
        } catch (final IOException e) {
            throw new UncheckedIOException("expected the parent's next line but failed", e);
        }
    }

    /** Does nothing until the parent ends, and then ends this process. */
    public void outlast() {
        while (true) {
            hear();
        }
    }
}
