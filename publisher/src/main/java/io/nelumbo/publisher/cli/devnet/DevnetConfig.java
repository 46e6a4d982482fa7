package io.nelumbo.publisher.cli.devnet;

import java.util.List;
import java.util.stream.Collectors;

/** A devnet node's configuration: everything usual, but for a fast chain on this machine. */
final class DevnetConfig {
    private DevnetConfig() {}

    static String text(
            final int apiPort,
            final int peerPort,
            final List<String> peerset,
            final String upstreamUrl) {
        return """
        [API]
        ListenAddress = "/ip4/127.0.0.1/tcp/%d/http"

        [Libp2p]
        ListenAddresses = ["/ip4/127.0.0.1/tcp/%d"]

        [Cluster]
        ClusterModeEnabled = true
        InitPeersetMultiAddr = [%s]

        [Publish]
        WindowMessages = 1000
        Confidence = 2
        PollInterval = "500ms"
        RebroadcastInterval = "5s"

        [Journal]
        FreeSpaceMinBytes = 268435456

        [[Upstream]]
        Chain = "filecoin"
        URLs = ["%s"]
        """
                .formatted(
                        apiPort,
                        peerPort,
                        peerset.stream()
                                .map(address -> '"' + address + '"')
                                .collect(Collectors.joining(", ")),
                        upstreamUrl);
    }
}
