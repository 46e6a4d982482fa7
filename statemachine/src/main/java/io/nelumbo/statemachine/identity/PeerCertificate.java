package io.nelumbo.statemachine.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The TLS certificate of a node: signed with the ed25519 key of its identity for that very key, and
 * saying nothing else. Who holds the key is who the peer id names, so there is nobody to ask for a
 * certificate and nothing to copy between nodes. Stateless.
 */
final class PeerCertificate {

    private PeerCertificate() {}

    /** A certificate of an identity, valid in a span of time. */
    static X509Certificate of(
            final PeerIdentity identity, final Instant notBefore, final Instant notAfter) {
        final X500Principal name = new X500Principal("CN=" + identity.peerId());
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            new JcaX509v3CertificateBuilder(
                                            name,
                                            BigInteger.ONE,
                                            Date.from(notBefore),
                                            Date.from(notAfter),
                                            name,
                                            identity.publicKey())
                                    .build(
                                            new JcaContentSignerBuilder(Ed25519.NAME)
                                                    .build(identity.privateKey())));
        } catch (final OperatorCreationException | CertificateException e) {
            throw new IllegalStateException("expected to sign a certificate of our own", e);
        }
    }

    /**
     * Checks that a certificate is one of these, and valid now. That whoever shows it holds its key
     * is for the handshake to prove (TLS 1.3 CertificateVerify).
     *
     * @throws CertificateException if it is not
     */
    static void check(final X509Certificate certificate, final Instant now)
            throws CertificateException {
        try {
            certificate.verify(certificate.getPublicKey());
        } catch (final GeneralSecurityException e) {
            throw new CertificateException(
                    "expected a certificate that its own key signed but was not", e);
        }
        certificate.checkValidity(Date.from(now));
    }
}
