package io.nelumbo.bench.cluster;

import io.nelumbo.bench.peers.RunningCluster;
import io.nelumbo.bench.process.ParentWatch;
import io.nelumbo.publisher.api.stream.StreamLimits;
import io.nelumbo.publisher.api.stream.StreamServer;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.pipeline.PipelineOptions;
import io.nelumbo.statemachine.identity.PeerIdentity;
import io.nelumbo.statemachine.raft.RaftCluster;
import io.nelumbo.statemachine.raft.RaftMember;
import io.nelumbo.statemachine.raft.RaftSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One member in a process of its own. Says {@code READY} when it has started, and its term whenever
 * it is asked; ends with its parent.
 */
public final class MemberMain {

    static final String IDENTITY = "identity.key";

    /** More than a node's: in an open loop, what waits behind a stall waits here. */
    private static final StreamLimits.InFlight WINDOW =
            new StreamLimits.InFlight(65_536, 64L << 20);

    private MemberMain() {}

    /**
     * Arguments: its folder, which holds {@value #IDENTITY}, the port of its binary door, and
     * {@code peerId@host:port} of each member.
     */
    public static void main(final String[] arguments) throws IOException {
        final Path folder = Path.of(arguments[0]);
        final List<RaftMember> members = new ArrayList<>();
        for (int n = 2; n < arguments.length; n++) {
            final String[] parts = arguments[n].split("[@:]", -1);
            members.add(new RaftMember(parts[0], parts[1], Integer.parseInt(parts[2])));
        }
        final RaftSettings settings =
                RaftSettings.standard(
                        PeerIdentity.read(folder.resolve(IDENTITY)),
                        RaftCluster.foundedBy(members),
                        folder.resolve("raft"));
        final ParentWatch parent = new ParentWatch();
        try (Member member = Member.open(settings, folder, options());
                StreamServer door =
                        StreamServer.start(
                                new InetSocketAddress(
                                        InetAddress.getLoopbackAddress(),
                                        Integer.parseInt(arguments[1])),
                                token -> new Caller(Set.of("sign"), new byte[Long.BYTES]),
                                new MemberDesk(member),
                                StreamLimits.standard().withPerStream(WINDOW))) {
            parent.say(RunningCluster.READY + " " + door.port());
            while (true) {
                final String unusedQuestion = parent.hear();
                parent.say(MemberTerm.of(member).line());
            }
        }
    }

    /** A node's, of which one signer is enough: nothing is signed here. */
    private static PipelineOptions options() {
        final PipelineOptions usual = PipelineOptions.defaults();
        return new PipelineOptions(
                usual.ringSize(),
                usual.waitStrategy(),
                1,
                usual.maxBatchBytes(),
                usual.maxBatchMessages(),
                usual.maxInFlightBatches(),
                usual.maxUnconfirmedMessages(),
                usual.maxOutboxBytes());
    }
}
