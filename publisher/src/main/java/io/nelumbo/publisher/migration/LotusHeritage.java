package io.nelumbo.publisher.migration;

import io.nelumbo.config.LotusConfig;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.statemachine.identity.PeerIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a Lotus node leaves to a node here. It holds secrets: closing overwrites those that are
 * arrays. Owned by the thread that read it.
 */
public final class LotusHeritage implements AutoCloseable {
    private final @Nullable LotusConfig config;
    private final @Nullable PeerIdentity identity;
    private final byte @Nullable [] tokenSecret;
    private final List<ExportedKey> keys;
    private final Findings findings;

    private LotusHeritage(final Builder builder) {
        this.config = builder.config;
        this.identity = builder.identity;
        this.tokenSecret = builder.tokenSecret;
        this.keys = builder.defaultFirst();
        this.findings = builder.findings;
    }

    /** Its configuration, or null if it had none that could be read. */
    public @Nullable LotusConfig config() {
        return config;
    }

    /** The identity of its libp2p host, or null if that cannot go on. */
    public @Nullable PeerIdentity identity() {
        return identity;
    }

    /** The secret behind its API tokens, or null if it had none. Not copied. */
    public byte @Nullable [] tokenSecret() {
        return tokenSecret;
    }

    /** Its keys, the one of its default address first, if it had chosen one. Not copied. */
    public List<ExportedKey> keys() {
        return keys;
    }

    /** What was found, for the user to read. */
    public Findings findings() {
        return findings;
    }

    @Override
    public void close() {
        keys.forEach(key -> Arrays.fill(key.privateKey(), (byte) 0));
        if (tokenSecret != null) {
            Arrays.fill(tokenSecret, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "LotusHeritage[" + keys.size() + " keys]";
    }

    /** Collects it. Owned by the reading thread. */
    static final class Builder {
        private final Findings findings;
        private final Map<String, ExportedKey> keys = new TreeMap<>();
        private @Nullable LotusConfig config;
        private @Nullable PeerIdentity identity;
        private byte @Nullable [] tokenSecret;
        private @Nullable FilecoinAddress defaultAddress;

        Builder(final Findings findings) {
            this.findings = findings;
        }

        void config(final LotusConfig found) {
            config = found;
        }

        void identity(final PeerIdentity found) {
            identity = found;
        }

        void tokenSecret(final byte[] found) {
            tokenSecret = found;
        }

        void key(final FilecoinAddress address, final ExportedKey key) {
            keys.put(address.toString(), key);
        }

        /** False if its key is not here. */
        boolean chooseDefault(final FilecoinAddress address) {
            defaultAddress = address;
            return keys.containsKey(address.toString());
        }

        LotusHeritage build() {
            return new LotusHeritage(this);
        }

        private List<ExportedKey> defaultFirst() {
            final List<ExportedKey> ordered = new ArrayList<>(keys.values());
            final ExportedKey first = keys.get(String.valueOf(defaultAddress));
            if (first != null) {
                ordered.remove(first);
                ordered.add(0, first);
            }
            return List.copyOf(ordered);
        }
    }
}
