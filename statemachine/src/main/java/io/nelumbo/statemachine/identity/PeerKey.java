package io.nelumbo.statemachine.identity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows this node's certificate in TLS handshakes, and makes a new one long before the last runs
 * out, or when the clock was set back, so that a node may run for years and survive a wrong clock
 * at its start. Any thread.
 */
public final class PeerKey extends X509ExtendedKeyManager {

    /** Clocks of a cluster differ; nobody shall find a new certificate "not yet valid". */
    static final Duration CLOCK_SKEW = Duration.ofDays(30);

    /** A clock that was set back by more than this gets a certificate of its new time. */
    private static final Duration SET_BACK = Duration.ofHours(1);

    static final Duration LIFETIME = Duration.ofDays(365);
    private static final String ALIAS = "node";

    /** How the JDK calls the kind of an Ed25519 key in a handshake. */
    private static final String KEY_TYPE = "EdDSA";

    private final PeerIdentity identity;
    private final InstantSource clock;
    private Instant madeAt;
    private X509Certificate certificate;

    /** Shows the certificate of an identity. */
    public PeerKey(final PeerIdentity identity, final InstantSource clock) {
        this.identity = identity;
        this.clock = clock;
        this.madeAt = clock.instant();
        this.certificate = certificateOf(madeAt);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            final String[] keyTypes,
            final Principal @Nullable [] issuers,
            final @Nullable SSLEngine engine) {
        return List.of(keyTypes).contains(KEY_TYPE) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            final String keyType,
            final Principal @Nullable [] issuers,
            final @Nullable SSLEngine engine) {
        return keyType.equals(KEY_TYPE) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            final String[] keyTypes,
            final Principal @Nullable [] issuers,
            final @Nullable Socket socket) {
        return chooseEngineClientAlias(keyTypes, issuers, null);
    }

    @Override
    public @Nullable String chooseServerAlias(
            final String keyType,
            final Principal @Nullable [] issuers,
            final @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public synchronized X509Certificate[] getCertificateChain(final String alias) {
        final Instant now = clock.instant();
        if (now.isAfter(madeAt.plus(LIFETIME.dividedBy(2)))
                || now.isBefore(madeAt.minus(SET_BACK))) {
            madeAt = now;
            certificate = certificateOf(now);
        }
        return new X509Certificate[] {certificate};
    }

    @Override
    public PrivateKey getPrivateKey(final String alias) {
        return identity.privateKey();
    }

    @Override
    public String[] getClientAliases(final String keyType, final Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(final String keyType, final Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    private X509Certificate certificateOf(final Instant now) {
        return PeerCertificate.of(identity, now.minus(CLOCK_SKEW), now.plus(LIFETIME));
    }
}
