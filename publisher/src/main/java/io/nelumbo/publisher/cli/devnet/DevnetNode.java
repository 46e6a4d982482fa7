package io.nelumbo.publisher.cli.devnet;

import io.nelumbo.config.Multiaddr;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import io.nelumbo.publisher.node.NodeFolder;

/** One node of a devnet: where it lives and how it is reached, whether it runs or not. */
record DevnetNode(
        NodeFolder folder,
        String peerId,
        Multiaddr api,
        String token,
        NodeProcess process,
        JsonRpcClient client) {}
