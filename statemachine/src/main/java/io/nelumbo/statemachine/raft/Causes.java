package io.nelumbo.statemachine.raft;

/** What lies at the bottom of an exception that futures and Ratis have wrapped. */
final class Causes {

    private Causes() {}

    static Throwable rootOf(final Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
