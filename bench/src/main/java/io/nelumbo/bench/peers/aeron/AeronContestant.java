package io.nelumbo.bench.peers.aeron;

import io.nelumbo.bench.peers.Contestant;
import io.nelumbo.bench.peers.RunningCluster;
import io.nelumbo.bench.process.FreePorts;
import io.nelumbo.bench.process.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Aeron Cluster with the archive forced to the disk.
 *
 * @param messageBytes size of a message
 */
public record AeronContestant(int messageBytes) implements Contestant {

    private static final int MEMBERS = 3;

    @Override
    public String name() {
        return "aeron";
    }

    @Override
    public RunningCluster start(final Path folder) throws IOException {
        final String addresses =
                new AeronAddresses(FreePorts.udp(MEMBERS * AeronAddresses.PORTS_PER_MEMBER)).text();
        // Its buffers between processes, which it keeps in memory by default too; the log is not
        // there.
        final WorkFolder buffers = WorkFolder.inMemory(folder);
        return RunningCluster.start(
                name(),
                folder,
                new RunningCluster.Processes(
                        AeronMember.class,
                        (index, own) ->
                                List.of(
                                        String.valueOf(index),
                                        own.toString(),
                                        buffers.path().toString(),
                                        addresses),
                        AeronClient.class,
                        List.of(
                                buffers.path().toString(),
                                addresses,
                                String.valueOf(messageBytes))),
                buffers);
    }
}
