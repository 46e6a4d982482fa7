package io.nelumbo.bench.compare;

/** The loads that every contestant gets. */
enum Load {
    /** One message at a time. */
    UNLOADED("1 at a time", 1),
    /** As many as one client of a fast engine keeps in flight. */
    WINDOW("1024 in flight", 1024),
    /** So many that large batches fill, and half of the ring that bounds what our members take. */
    LARGE("4096 in flight", 4096),
    /** An open loop at half of what the contestant reached in the faster of the two above. */
    HALF("half of its own most", 1024),
    /** An open loop at the rate that is half of what ours reached, for everybody. */
    OUR_HALF("half of our most", 1024);

    private final String title;
    private final int window;

    Load(final String title, final int window) {
        this.title = title;
        this.window = window;
    }

    String title() {
        return title;
    }

    /** Messages in flight; of an open loop, the window that its batching is made for. */
    int window() {
        return window;
    }
}
