package io.nelumbo.publisher.api;

import java.util.List;

/**
 * What a node says of itself.
 *
 * @param peerId its libp2p peer id
 * @param version of the software
 * @param blockDelaySeconds between two tipsets of the chain
 * @param listenAddresses multiaddrs of its peer port
 */
public record NodeIdentity(
        String peerId, String version, int blockDelaySeconds, List<String> listenAddresses) {

    public NodeIdentity {
        listenAddresses = List.copyOf(listenAddresses);
    }
}
