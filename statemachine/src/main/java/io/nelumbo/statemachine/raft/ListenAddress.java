package io.nelumbo.statemachine.raft;

/**
 * Where a peer port is bound.
 *
 * @param host name or address of an interface of this machine, or that of every interface
 * @param port 1 to 65535
 */
public record ListenAddress(String host, int port) {

    /** {@code host:port}. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
