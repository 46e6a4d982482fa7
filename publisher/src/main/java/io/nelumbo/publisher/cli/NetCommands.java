package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.config.Multiaddr;
import io.nelumbo.config.PeerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code nelumbo net}: read from the node's folder, whether it runs or not. */
final class NetCommands {
    private NetCommands() {}

    static CommandLine group(final Session session) {
        return Group.of(
                "net", "Who this node is to its peers.", new Id(session), new Listen(session));
    }

    /** {@code nelumbo net id}. */
    @Command(
            name = "id",
            mixinStandardHelpOptions = true,
            description = "Prints this node's peer id.")
    static final class Id implements Callable<Integer> {
        private final Session session;

        Id(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws IOException {
            final String peerId = session.identity().peerId().toString();
            session.answer(peerId, Session.object().put("peerId", peerId));
            return ExitCodes.OK;
        }
    }

    /** {@code nelumbo net listen}. */
    @Command(
            name = "listen",
            mixinStandardHelpOptions = true,
            description = {
                "Prints the addresses that peers reach this node at, one a line, as"
                        + " [Cluster] InitPeersetMultiAddr takes them. For a node that listens on"
                        + " every interface that is one for each of this machine's addresses."
            },
            footerHeading = "%nExample:%n",
            footer = {
                "  export NELUMBO_CLUSTER_INITPEERSETMULTIADDR=$(",
                "    for i in 0 1 2; do nelumbo --folder node-$i net listen; done | paste -sd,)"
            })
    static final class Listen implements Callable<Integer> {
        private final Session session;

        Listen(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws IOException {
            final PeerId peerId = session.identity().peerId();
            final Multiaddr configured = session.config().libp2p().listenAddresses().get(0);
            final List<String> addresses =
                    reachable(configured).stream()
                            .map(address -> address.withPeerId(peerId).toString())
                            .toList();
            if (addresses.size() > 1) {
                session.note(
                        "nelumbo: this machine has several addresses: give the peers the one that"
                                + " they reach, not all of them");
            }
            final ObjectNode json = Session.object().put("peerId", peerId.toString());
            final ArrayNode list = json.putArray("addresses");
            addresses.forEach(list::add);
            session.answer(String.join("\n", addresses), json);
            return ExitCodes.OK;
        }

        /** The address itself; of "every interface", those that other machines may reach. */
        private static List<Multiaddr> reachable(final Multiaddr address) throws IOException {
            if (!address.isUnspecified()) {
                return List.of(address);
            }
            final List<Multiaddr> outside =
                    NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .filter(host -> !host.isLoopbackAddress() && !host.isLinkLocalAddress())
                            .map(InetAddress::getHostAddress)
                            .map(address::withHost)
                            .flatMap(Optional::stream)
                            .toList();
            return outside.isEmpty() ? List.of(address.onThisMachine()) : outside;
        }
    }
}
