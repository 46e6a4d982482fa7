package io.nelumbo.bench.peers;

import java.io.IOException;
import java.nio.file.Path;

/** Something that replicates messages, ready to be started for a measurement. */
public interface Contestant {

    /** One word, as users name it. */
    String name();

    /**
     * How its client batches with so many messages in flight, in the contestant's own words.
     *
     * @return a {@link LoadOrder#shape()}; {@link LoadOrder#NO_SHAPE} unless it has a choice
     */
    default String shape(final int window) {
        return LoadOrder.NO_SHAPE;
    }

    /**
     * Starts three members and a client that is connected to them.
     *
     * @param folder an empty one on a disk, for what has to survive
     */
    RunningCluster start(Path folder) throws IOException;
}
