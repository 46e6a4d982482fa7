package io.nelumbo.publisher.migration;

import java.util.ArrayList;
import java.util.List;

/** What was found in a repo, for the user to read. Owned by the reading thread. */
public final class Findings {
    private final List<Taken> taken = new ArrayList<>();
    private final List<NotTaken> notTaken = new ArrayList<>();
    private final List<Bad> bad = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * Something that goes on here.
     *
     * @param what a key of the configuration, an address, …
     * @param value what it is; never a secret
     */
    public record Taken(String what, String value) {}

    /** Something that stays behind, and why. */
    public record NotTaken(String what, String why) {}

    /**
     * Something that should go on here and cannot, because it is damaged.
     *
     * @param what the file, with the line if there is one
     * @param fix what its owner can do
     */
    public record Bad(String what, String wrong, String fix) {
        /** One line for a human. */
        public String text() {
            return what + ": " + wrong + "; " + fix;
        }
    }

    void take(final String what, final String value) {
        taken.add(new Taken(what, value));
    }

    void leave(final String what, final String why) {
        notTaken.add(new NotTaken(what, why));
    }

    void bad(final String what, final String wrong, final String fix) {
        bad.add(new Bad(what, wrong, fix));
    }

    void warn(final String warning) {
        warnings.add(warning);
    }

    /** What goes on here. */
    public List<Taken> taken() {
        return List.copyOf(taken);
    }

    /** What stays behind. */
    public List<NotTaken> notTaken() {
        return List.copyOf(notTaken);
    }

    /** What is damaged: unless there is none, something would be missing here. */
    public List<Bad> bad() {
        return List.copyOf(bad);
    }

    /** What the user should know all the same. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
