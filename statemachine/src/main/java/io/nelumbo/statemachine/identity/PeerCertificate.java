package io.nelumbo.statemachine.identity;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;

/**
 * The TLS certificate of a node: signed with the ed25519 key of its identity for that very key, and
 * saying nothing else. Who holds the key is who the peer id names, so there is nobody to ask for a
 * certificate and nothing to copy between nodes. Stateless.
 *
 * <p>It is written here, because the JDK reads certificates but makes none, and each node makes one
 * whenever it starts: the library that can do it takes a quarter of a second only to be loaded. The
 * names and the key come in the JDK's own encoding, so what is left is the frame.
 *
 * <p>Source: RFC 5280, 4.1; RFC 8410 for its key and signature.
 */
final class PeerCertificate {

    /** Versions count from 0. */
    private static final int VERSION_3 = 2;

    private static final int SERIAL_NUMBER = 1;

    /** The algorithm identifier of Ed25519: its object identifier 1.3.101.112, nothing else. */
    private static final byte[] SIGNED_WITH = {0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70};

    private PeerCertificate() {}

    /** A certificate of an identity, valid in a span of time. */
    static X509Certificate of(
            final PeerIdentity identity, final Instant notBefore, final Instant notAfter) {
        final byte[] body = body(identity, notBefore, notAfter);
        final byte[] certificate =
                Der.sequence(body, SIGNED_WITH, Der.bitString(identity.sign(body)));
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(certificate));
        } catch (final CertificateException e) {
            throw new IllegalStateException("expected to read a certificate of our own", e);
        }
    }

    private static byte[] body(
            final PeerIdentity identity, final Instant notBefore, final Instant notAfter) {
        final byte[] name = new X500Principal("CN=" + identity.peerId()).getEncoded();
        return Der.sequence(
                Der.explicit(0, Der.integer(VERSION_3)),
                Der.integer(SERIAL_NUMBER),
                SIGNED_WITH,
                name,
                Der.sequence(Der.time(notBefore), Der.time(notAfter)),
                name,
                identity.publicKey().getEncoded());
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
