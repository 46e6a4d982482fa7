package io.nelumbo.bench.scale;

import io.nelumbo.bench.process.ParentWatch;
import java.io.IOException;
import java.nio.file.Path;

/** Opens a replica in a process of its own, says when it leads, and closes it when it is told. */
public final class ReplicaStart {

    static final String LEADING = "LEADING ";
    static final String CLOSED = "CLOSED";

    private ReplicaStart() {}

    /** Argument: the folder. Its line to the parent has the journal's own seconds and its end. */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        final ParentWatch parent = new ParentWatch();
        final LoneReplica replica = LoneReplica.open(Path.of(arguments[0]));
        replica.awaitLeading();
        parent.say(
                LEADING
                        + replica.journalOpenSeconds()
                        + " "
                        + replica.journal().last().raftIndex()
                        + " "
                        + replica.ledger().nextSequence());
        final String unused = parent.hear();
        replica.close();
        parent.say(CLOSED);
        parent.outlast();
    }
}
