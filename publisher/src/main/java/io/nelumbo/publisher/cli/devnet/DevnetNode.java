package io.nelumbo.publisher.cli.devnet;

import io.nelumbo.config.Multiaddr;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import io.nelumbo.publisher.node.NodeFolder;

/**
 * One node of a devnet: where it lives and how it is reached, whether it runs or not.
 *
 * @param api where its API listens when it runs
 * @param token may do everything
 * @param client calls its API with that token
 */
public record DevnetNode(
        NodeFolder folder,
        String peerId,
        Multiaddr api,
        String token,
        NodeProcess process,
        JsonRpcClient client) {}
