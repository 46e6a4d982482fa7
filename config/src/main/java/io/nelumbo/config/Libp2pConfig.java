package io.nelumbo.config;

import java.util.List;

/**
 * {@code [Libp2p]}: where the other nodes of the cluster reach this one. The section keeps the name
 * that Lotus gave it; what is spoken there is Raft.
 *
 * @param listenAddresses at least one
 */
public record Libp2pConfig(List<Multiaddr> listenAddresses) {
    static final Key<List<Multiaddr>> LISTEN_ADDRESSES =
            Key.multiaddrs(
                            "ListenAddresses",
                            List.of(Multiaddr.loopback(2222)),
                            "Where the peers of the cluster reach this node (Raft, mutual TLS)."
                                    + " It listens on the first.")
                    .and(addresses -> !addresses.isEmpty(), "at least one")
                    .and(
                            addresses ->
                                    addresses.stream()
                                            .allMatch(
                                                    address ->
                                                            address.peerId() == null
                                                                    && address.scheme()
                                                                            == Multiaddr.Scheme
                                                                                    .NONE),
                            "without /http or /p2p");
    static final Section SECTION =
            new Section(
                    "Libp2p",
                    false,
                    "The port for the cluster's peers.",
                    List.of(LISTEN_ADDRESSES));

    static Libp2pConfig from(final Values values) {
        return new Libp2pConfig(values.get(SECTION, LISTEN_ADDRESSES));
    }
}
