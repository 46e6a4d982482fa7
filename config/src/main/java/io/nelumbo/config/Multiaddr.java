package io.nelumbo.config;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A multiaddr of the kinds that a node listens on and is reached by: {@code
 * /ip4/127.0.0.1/tcp/4567/http}, {@code /dns4/node0.example/tcp/2222/p2p/12D3KooW…}. {@link #parse}
 * and {@link #toString} are inverse; IPv6 text is canonical (RFC 5952). Immutable.
 *
 * <p>Source: the multiformats multiaddr specification; of its protocols: ip4, ip6, dns, dns4, dns6,
 * tcp, http, https, p2p, in this order.
 *
 * @param host a numeric address or a name, without brackets
 * @param port 0 to 65535; 0 listens on a free port
 * @param peerId who listens there, or null if the address does not say
 */
public record Multiaddr(
        HostKind hostKind, String host, int port, Scheme scheme, @Nullable PeerId peerId) {

    /** Checks the port's range; the text form checks the rest. */
    public Multiaddr {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("expected a port from 0 to 65535 but was " + port);
        }
    }

    /** How the host is written. */
    public enum HostKind {
        IP4,
        IP6,
        DNS,
        DNS4,
        DNS6;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is spoken over TCP there. */
    public enum Scheme {
        /** The address does not say. */
        NONE,
        HTTP,
        HTTPS;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads the text form.
     *
     * @throws MalformedAddress naming the position and what stands there instead of what
     */
    public static Multiaddr parse(final String text) {
        return new MultiaddrParser(text).parse();
    }

    /** An address of the loopback interface, {@code /ip4/127.0.0.1/tcp/port}. */
    public static Multiaddr loopback(final int port) {
        return new Multiaddr(HostKind.IP4, "127.0.0.1", port, Scheme.NONE, null);
    }

    /** The same address with another port; for what was bound when 0 was asked for. */
    public Multiaddr withPort(final int newPort) {
        return new Multiaddr(hostKind, host, newPort, scheme, peerId);
    }

    /** The same address at another host of the same family; empty if it is of the other. */
    public Optional<Multiaddr> withHost(final String address) {
        final HostKind kind = address.indexOf(':') >= 0 ? HostKind.IP6 : HostKind.IP4;
        return kind == hostKind
                ? Optional.of(new Multiaddr(kind, address, port, scheme, peerId))
                : Optional.empty();
    }

    /** The same address, saying who listens there. */
    public Multiaddr withPeerId(final PeerId newPeerId) {
        return new Multiaddr(hostKind, host, port, scheme, newPeerId);
    }

    /** The same address, not saying who listens there. */
    public Multiaddr withoutPeerId() {
        return new Multiaddr(hostKind, host, port, scheme, null);
    }

    /** Whether it names only this machine. */
    public boolean isLoopback() {
        return switch (hostKind) {
            case IP4 -> host.startsWith("127.");
            case IP6 -> host.equals("::1");
            case DNS, DNS4, DNS6 -> host.equalsIgnoreCase("localhost");
        };
    }

    /** Whether it stands for every interface of a machine: to listen on, not to connect to. */
    public boolean isUnspecified() {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    /**
     * The same address, with loopback in place of "every interface": what a process on this machine
     * connects to.
     */
    public Multiaddr onThisMachine() {
        return isUnspecified()
                ? new Multiaddr(
                        hostKind,
                        hostKind == HostKind.IP4 ? "127.0.0.1" : "::1",
                        port,
                        scheme,
                        peerId)
                : this;
    }

    /** {@code host:port}, with brackets around an IPv6 address. */
    public String hostAndPort() {
        return (hostKind == HostKind.IP6 ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * The URL of a path there, by http unless the address says https.
     *
     * @param path begins with a slash
     */
    public URI url(final String path) {
        final Scheme spoken = scheme == Scheme.NONE ? Scheme.HTTP : scheme;
        return URI.create(spoken.text() + "://" + hostAndPort() + path);
    }

    /** Two addresses of one place: the same but for who listens there. */
    boolean samePlaceAs(final Multiaddr other) {
        return Objects.equals(withoutPeerId(), other.withoutPeerId());
    }

    /** The text form. */
    @Override
    public String toString() {
        return "/"
                + hostKind.text()
                + "/"
                + host
                + "/tcp/"
                + port
                + (scheme == Scheme.NONE ? "" : "/" + scheme.text())
                + (peerId == null ? "" : "/p2p/" + peerId);
    }
}
