package io.nelumbo.bench.scale;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.bench.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How long from exec until a replica leads on a large journal, twice: as a killed process left it,
 * and after it was closed in order. The main thread.
 */
final class StartScale {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private StartScale() {}

    static List<ObjectNode> run(final Path folder) throws IOException {
        return List.of(start(folder, "killed"), start(folder, "closed"));
    }

    private static ObjectNode start(final Path folder, final String left) throws IOException {
        final long beganNs = System.nanoTime();
        try (ChildJvm child =
                ChildJvm.start("replica", ReplicaStart.class, List.of(folder.toString()), folder)) {
            final String[] said = child.await(ReplicaStart.LEADING, PATIENCE).split(" ", -1);
            final double leadsS = (System.nanoTime() - beganNs) / 1e9;
            child.say("close");
            final String unused = child.await(ReplicaStart.CLOSED, PATIENCE);
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("left", left)
                    .put("leadsS", leadsS)
                    .put("journalOpenS", Double.parseDouble(said[0]))
                    .put("raftIndex", Long.parseLong(said[1]))
                    .put("sequence", Long.parseLong(said[2]));
        }
    }
}
