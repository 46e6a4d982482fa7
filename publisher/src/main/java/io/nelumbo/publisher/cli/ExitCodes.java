package io.nelumbo.publisher.cli;

/** What the process says to the shell; scripts may rely on these. */
final class ExitCodes {
    /** Done, and the answer is good. */
    static final int OK = 0;

    /** Done, and the answer is bad: mistakes found, a journal broken, a call refused by a node. */
    static final int BAD_ANSWER = 1;

    /** The command line was not understood; nothing was done. */
    static final int USAGE = 2;

    /** No node answered. What was sent may have arrived: repeat it with its request id. */
    static final int UNREACHABLE = 3;

    /** The node's folder or configuration cannot be used; nothing was done. */
    static final int UNUSABLE_FOLDER = 4;

    private ExitCodes() {}
}
