package io.nelumbo.config;

/** Where those settings stand that are checked only when the node's identity is known. */
public final class Origin {
    private final Place peerset;

    Origin(final Place peerset) {
        this.peerset = peerset;
    }

    Place peerset() {
        return peerset;
    }
}
