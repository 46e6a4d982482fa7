package io.nelumbo.config;

import io.nelumbo.config.Multiaddr.HostKind;
import io.nelumbo.config.Multiaddr.Scheme;
import org.jspecify.annotations.Nullable;

/** Reads one multiaddr, part by part. For one thread. */
final class MultiaddrParser {
    private static final int MAX_CHARS = 512;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_NAME_CHARS = 253;
    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final String NAME = LABEL + "(\\." + LABEL + ")*";

    private final String text;
    private int next;
    private int partStart;

    MultiaddrParser(final String text) {
        this.text = text;
    }

    Multiaddr parse() {
        if (text.length() > MAX_CHARS) {
            throw new MalformedAddress(
                    "expected at most " + MAX_CHARS + " characters but was " + text.length(),
                    MAX_CHARS);
        }
        final HostKind hostKind = hostKind(part("/ip4, /ip6, /dns, /dns4 or /dns6"));
        final String host = host(hostKind, part("the host"));
        final String transport = part("/tcp");
        if (!transport.equals("tcp")) {
            throw unexpected("/tcp", transport);
        }
        final int port = port(part("the port"));
        Scheme scheme = Scheme.NONE;
        PeerId peerId = null;
        String rest = restPart();
        if (rest != null && (rest.equals("http") || rest.equals("https"))) {
            scheme = rest.equals("http") ? Scheme.HTTP : Scheme.HTTPS;
            rest = restPart();
        }
        if (rest != null && rest.equals("p2p")) {
            peerId = peerId(part("the peer id"));
            rest = restPart();
        }
        if (rest != null) {
            throw unexpected(peerId == null ? "/http, /https, /p2p or the end" : "the end", rest);
        }
        return new Multiaddr(hostKind, host, port, scheme, peerId);
    }

    private HostKind hostKind(final String name) {
        for (final HostKind kind : HostKind.values()) {
            if (kind.text().equals(name)) {
                return kind;
            }
        }
        throw unexpected("/ip4, /ip6, /dns, /dns4 or /dns6", name);
    }

    private String host(final HostKind kind, final String value) {
        final @Nullable String host =
                switch (kind) {
                    case IP4 -> IpText.isIp4(value) ? value : null;
                    case IP6 -> IpText.canonicalIp6(value);
                    case DNS, DNS4, DNS6 ->
                            value.length() <= MAX_NAME_CHARS && value.matches(NAME) ? value : null;
                };
        if (host == null) {
            throw new MalformedAddress(
                    "expected "
                            + switch (kind) {
                                case IP4 -> "an IPv4 address";
                                case IP6 -> "an IPv6 address";
                                case DNS, DNS4, DNS6 -> "a host name";
                            }
                            + " but was \""
                            + value
                            + "\"",
                    partStart);
        }
        return host;
    }

    private int port(final String value) {
        final int port = DecimalText.upTo(value, MAX_PORT);
        if (port < 0) {
            throw new MalformedAddress(
                    "expected a port from 0 to " + MAX_PORT + " but was \"" + value + "\"",
                    partStart);
        }
        return port;
    }

    private PeerId peerId(final String value) {
        try {
            return PeerId.parse(value);
        } catch (final MalformedAddress e) {
            throw new MalformedAddress(
                    "\"" + value + "\" is no peer id: " + e.reason(), partStart + e.position());
        }
    }

    /** The next part, which must be there. */
    private String part(final String expected) {
        final String part = restPart();
        if (part == null) {
            throw new MalformedAddress("expected " + expected + " but was the end", text.length());
        }
        return part;
    }

    /** The next part, or null at the end. */
    private @Nullable String restPart() {
        if (next == text.length()) {
            return null;
        }
        if (text.charAt(next) != '/') {
            throw new MalformedAddress(
                    "expected a slash but was '" + text.charAt(next) + "'", next);
        }
        partStart = next + 1;
        final int slash = text.indexOf('/', partStart);
        next = slash < 0 ? text.length() : slash;
        return text.substring(partStart, next);
    }

    private MalformedAddress unexpected(final String expected, final String found) {
        return new MalformedAddress(
                "expected " + expected + " but was \"/" + found + "\"", partStart - 1);
    }
}
