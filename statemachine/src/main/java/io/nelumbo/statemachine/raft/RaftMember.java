package io.nelumbo.statemachine.raft;

/**
 * One node of the cluster, as the others reach it.
 *
 * @param peerId its libp2p peer id, which is its Raft peer id too
 * @param host name or address of its peer port
 * @param port its peer port, 1 to 65535
 */
public record RaftMember(String peerId, String host, int port) {

    public RaftMember {
        if (peerId.isBlank() || host.isBlank()) {
            throw new IllegalArgumentException("expected a peer id and a host but one was blank");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("expected a port 1 to 65535 but was " + port);
        }
    }

    /** {@code host:port}, as gRPC takes it: with brackets around an IPv6 address. */
    String address() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
