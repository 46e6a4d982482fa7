package io.nelumbo.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a client reaches a node, in the form of {@code FULLNODE_API_INFO}: {@code
 * <token>:/ip4/127.0.0.1/tcp/4567/http}, several separated by commas. Immutable; {@link #toString}
 * hides the token, {@link #text} does not.
 *
 * @param token the JWT that the client shows, or empty for none
 * @param address where the node's API listens
 */
public record ApiInfo(String token, Multiaddr address) {
    private static final int MAX_NODES = 64;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_.=-]*");

    /**
     * Reads one node's text; the token and its colon may be left out.
     *
     * @throws MalformedAddress if it is not of this form
     */
    public static ApiInfo parse(final String text) {
        final int slash = text.indexOf('/');
        if (slash == 0) {
            return new ApiInfo("", Multiaddr.parse(text));
        }
        if (slash < 0 || text.charAt(slash - 1) != ':') {
            throw new MalformedAddress(
                    "expected <token>:/ip4/<address>/tcp/<port>/http but found no \":/\"",
                    text.length());
        }
        final String token = text.substring(0, slash - 1);
        if (!TOKEN.matcher(token).matches()) {
            throw new MalformedAddress("expected a token without spaces or signs", 0);
        }
        try {
            return new ApiInfo(token, Multiaddr.parse(text.substring(slash)));
        } catch (final MalformedAddress e) {
            throw new MalformedAddress(e.reason(), slash + e.position());
        }
    }

    /**
     * Reads the texts of up to 64 nodes, separated by commas.
     *
     * @throws MalformedAddress if one is not of this form, with its position in the whole
     */
    public static List<ApiInfo> parseList(final String text) {
        final List<ApiInfo> nodes = new ArrayList<>();
        int start = 0;
        for (final String part : text.split(",", -1)) {
            if (nodes.size() == MAX_NODES) {
                throw new MalformedAddress("expected at most " + MAX_NODES + " nodes", start);
            }
            try {
                nodes.add(parse(part.strip()));
            } catch (final MalformedAddress e) {
                throw new MalformedAddress(e.reason(), start + e.position());
            }
            start += part.length() + 1;
        }
        return List.copyOf(nodes);
    }

    /** The URL that takes JSON-RPC calls. */
    public URI rpcUrl() {
        return address.url("/rpc/v1");
    }

    /** The text form, token and all: a credential. */
    public String text() {
        return (token.isEmpty() ? "" : token + ":") + address;
    }

    @Override
    public String toString() {
        return "ApiInfo[" + (token.isEmpty() ? "" : "token hidden, ") + address + "]";
    }
}
