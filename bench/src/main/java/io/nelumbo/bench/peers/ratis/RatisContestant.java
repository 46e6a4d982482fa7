package io.nelumbo.bench.peers.ratis;

import io.nelumbo.bench.peers.Contestant;
import io.nelumbo.bench.peers.RunningCluster;
import io.nelumbo.bench.process.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Raw Ratis: no ledger, no journal, no receipts, no TLS.
 *
 * @param messageBytes size of a message
 */
public record RatisContestant(int messageBytes) implements Contestant {

    private static final int MEMBERS = 3;

    @Override
    public String name() {
        return "ratis";
    }

    @Override
    public String shape(final int window) {
        return RatisShape.filling(window).toString();
    }

    @Override
    public RunningCluster start(final Path folder) throws IOException {
        final String ports =
                FreePorts.tcp(MEMBERS).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(","));
        return RunningCluster.start(
                name(),
                folder,
                new RunningCluster.Processes(
                        RatisMember.class,
                        (index, own) -> List.of(String.valueOf(index), own.toString(), ports),
                        RatisClient.class,
                        List.of(ports, String.valueOf(messageBytes))));
    }
}
