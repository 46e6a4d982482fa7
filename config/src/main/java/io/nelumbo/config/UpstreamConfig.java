package io.nelumbo.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One {@code [[Upstream]]}: chain nodes that take what we publish. {@link #toString} hides the
 * token.
 *
 * @param urls of nodes that share the token, the preferred first; at least one
 * @param token the JWT that the chain nodes want, or empty
 */
public record UpstreamConfig(ChainName chain, List<URI> urls, String token) {

    /** Which chain a node belongs to. */
    public enum ChainName {
        FILECOIN;

        /** As the configuration writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final Key<ChainName> CHAIN =
            Key.choice("Chain", ChainName.FILECOIN, "The chain that these nodes belong to.");
    static final Key<List<URI>> URLS =
            Key.urls(
                    "URLs",
                    "Where they take JSON-RPC: URLs (http://127.0.0.1:1234/rpc/v1) or multiaddrs"
                            + " (/ip4/127.0.0.1/tcp/1234/http), the preferred one first.");
    static final Key<String> TOKEN =
            Key.text("Token", "The API token that they want: write permission. Empty for none.");
    static final Section SECTION =
            new Section(
                    "Upstream",
                    true,
                    "Chain nodes to push to and ask. Repeat the section for nodes with another"
                            + " token; the first is preferred.",
                    List.of(CHAIN, URLS, TOKEN));

    static List<UpstreamConfig> from(final Values values) {
        final List<UpstreamConfig> upstreams = new ArrayList<>();
        for (int i = 0; i < values.tableCount(SECTION); i++) {
            upstreams.add(
                    new UpstreamConfig(
                            values.get(SECTION, i, CHAIN),
                            values.get(SECTION, i, URLS),
                            values.get(SECTION, i, TOKEN)));
        }
        return List.copyOf(upstreams);
    }

    @Override
    public String toString() {
        return "UpstreamConfig[chain="
                + chain
                + ", urls="
                + urls
                + (token.isEmpty() ? "]" : ", token hidden]");
    }
}
