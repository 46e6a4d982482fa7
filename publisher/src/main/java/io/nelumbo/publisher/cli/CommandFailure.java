package io.nelumbo.publisher.cli;

/** Ends a command with an exit code and a message for the user. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String reason;

    CommandFailure(final int exitCode, final String reason) {
        super(reason, null, false, false);
        this.exitCode = exitCode;
        this.reason = reason;
    }

    int exitCode() {
        return exitCode;
    }

    /** What the user reads. */
    String reason() {
        return reason;
    }
}
