package io.nelumbo.publisher.cli;

import io.nelumbo.config.Multiaddr;
import io.nelumbo.config.NodeConfig;
import io.nelumbo.publisher.node.NodeFolder;
import java.io.IOException;
import java.nio.file.Files;

/** Where a client on this machine finds a node's API. */
final class ApiAddress {
    private ApiAddress() {}

    /** The configured address; for port 0, that which the running node wrote down. */
    static Multiaddr of(final NodeFolder folder, final NodeConfig config) throws IOException {
        final Multiaddr configured = config.api().listenAddress();
        final Multiaddr bound =
                configured.port() == 0 && Files.exists(folder.apiFile())
                        ? Multiaddr.parse(Files.readString(folder.apiFile()).strip())
                        : configured;
        return bound.onThisMachine();
    }
}
