package io.nelumbo.bench.peers;

import java.io.IOException;
import java.nio.file.Path;

/** Something that replicates messages, ready to be started for a measurement. */
public interface Contestant {

    /** One word, as users name it. */
    String name();

    /**
     * Starts three members and a client that is connected to them.
     *
     * @param folder an empty one on a disk, for what has to survive
     */
    RunningCluster start(Path folder) throws IOException;
}
