package io.nelumbo.bench.cluster;

import io.nelumbo.bench.peers.Contestant;
import io.nelumbo.bench.peers.RunningCluster;
import io.nelumbo.bench.process.FreePorts;
import io.nelumbo.statemachine.identity.PeerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Our own members: mutual TLS, ledger, journal, nonces and receipts, with the defaults of a node.
 *
 * @param messageBytes size of a message
 */
public record NelumboContestant(int messageBytes) implements Contestant {

    private static final int MEMBERS = 3;

    @Override
    public String name() {
        return "nelumbo";
    }

    @Override
    public RunningCluster start(final Path folder) throws IOException {
        final List<Integer> ports = FreePorts.tcp(2 * MEMBERS);
        final List<Integer> doors = ports.subList(0, MEMBERS);
        final List<String> members = new ArrayList<>();
        for (int n = 0; n < MEMBERS; n++) {
            final PeerIdentity identity = PeerIdentity.generate();
            identity.write(
                    Files.createDirectories(folder.resolve("m" + n)).resolve(MemberMain.IDENTITY));
            members.add(identity.peerId() + "@127.0.0.1:" + ports.get(MEMBERS + n));
        }
        return RunningCluster.start(
                name(),
                folder,
                new RunningCluster.Processes(
                        MemberMain.class,
                        (index, own) -> {
                            final List<String> arguments = new ArrayList<>();
                            arguments.add(own.toString());
                            arguments.add(String.valueOf(doors.get(index)));
                            arguments.addAll(members);
                            return arguments;
                        },
                        MemberClient.class,
                        List.of(
                                doors.stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(",")),
                                String.valueOf(messageBytes))));
    }
}
