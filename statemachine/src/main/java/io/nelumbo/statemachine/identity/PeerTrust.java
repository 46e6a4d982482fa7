package io.nelumbo.statemachine.identity;

import io.nelumbo.config.PeerId;
import java.net.Socket;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom this node talks to on the peer port: nodes whose certificate's key is a peer id of the
 * member list, and at a member's own address only that member. There is no authority to trust, no
 * shared secret, and names of hosts prove nothing. Immutable; any thread.
 *
 * <p>Both sides refuse: an answering stranger could feed a node a log of his own as well as an
 * asking one. TLS itself tells the asking side who was refused by the other; that this side hung up
 * is told here.
 */
public final class PeerTrust extends X509ExtendedTrustManager {

    private final MemberList members;
    private final InstantSource clock;
    private final Refusals refusals;

    /** Who belongs to the cluster, at the moment of asking. */
    public interface MemberList {
        /** Whether a peer id is a member's. */
        boolean contains(PeerId peer);

        /** The member whose peer port that is; null if the address is no member's. */
        @Nullable PeerId at(String host, int port);
    }

    /** Is told of whoever answers where a member should, and is none. */
    public interface Refusals {
        /** This node hung up on somebody it had called. */
        void refused(String who, String why);
    }

    /** Trusts the members, and nobody else. */
    public PeerTrust(final MemberList members, final InstantSource clock, final Refusals refusals) {
        this.members = members;
        this.clock = clock;
        this.refusals = refusals;
    }

    @Override
    public void checkClientTrusted(
            final X509Certificate[] chain, final String authType, final @Nullable SSLEngine engine)
            throws CertificateException {
        memberOf(chain);
    }

    @Override
    public void checkServerTrusted(
            final X509Certificate[] chain, final String authType, final @Nullable SSLEngine engine)
            throws CertificateException {
        if (engine == null || engine.getPeerHost() == null) {
            throw new CertificateException("expected to know which address was called");
        }
        final String host = engine.getPeerHost();
        final int port = engine.getPeerPort();
        try {
            expectAt(host, port, memberOf(chain));
        } catch (final CertificateException e) {
            refusals.refused(
                    "whoever answers at " + host + ":" + port, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void expectAt(final String host, final int port, final PeerId peer)
            throws CertificateException {
        final PeerId expected = members.at(host, port);
        if (!peer.equals(expected)) {
            throw new CertificateException(
                    "expected "
                            + (expected == null ? "no member" : "peer " + expected)
                            + " there but was member "
                            + peer);
        }
    }

    /** Whose certificate that is: for one that has been let pass. */
    public static PeerId peerOf(final Certificate trusted) {
        return PeerId.ofPublicKey(Ed25519.bytes(trusted.getPublicKey()));
    }

    /** Looks whose key it is before it computes anything that a stranger could make dear. */
    private PeerId memberOf(final X509Certificate[] chain) throws CertificateException {
        if (chain.length != 1) {
            throw new CertificateException(
                    "expected one certificate, signed by itself, but was " + chain.length);
        }
        final PublicKey key = chain[0].getPublicKey();
        if (!Ed25519.is(key)) {
            throw new CertificateException(
                    "expected a certificate of an ed25519 key but was of " + key.getAlgorithm());
        }
        final PeerId peer = PeerId.ofPublicKey(Ed25519.bytes(key));
        if (!members.contains(peer)) {
            throw new CertificateException("expected a member of the cluster but was peer " + peer);
        }
        PeerCertificate.check(chain[0], clock.instant());
        return peer;
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType)
            throws CertificateException {
        checkClientTrusted(chain, authType, (SSLEngine) null);
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType)
            throws CertificateException {
        checkServerTrusted(chain, authType, (SSLEngine) null);
    }

    @Override
    public void checkClientTrusted(
            final X509Certificate[] chain, final String authType, final @Nullable Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType, (SSLEngine) null);
    }

    @Override
    public void checkServerTrusted(
            final X509Certificate[] chain, final String authType, final @Nullable Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType, (SSLEngine) null);
    }

    /** None to name: whom we trust depends on keys, not on who signed them. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
