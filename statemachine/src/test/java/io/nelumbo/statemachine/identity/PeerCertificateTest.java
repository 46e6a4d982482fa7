package io.nelumbo.statemachine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class PeerCertificateTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:34:56Z");
    private static final Duration YEAR = Duration.ofDays(365);

    private final PeerIdentity identity = PeerIdentity.generate();

    @Test
    void shouldMakeTheVeryBytesThatBouncyCastleMakes() throws Exception {
        assertThat(PeerCertificate.of(identity, NOW, NOW.plus(YEAR)).getEncoded())
                .isEqualTo(byBouncyCastle(NOW, NOW.plus(YEAR)));
    }

    @Test
    void shouldWriteFourDigitsOfTheYearFrom2050On() throws Exception {
        final Instant before = Instant.parse("2049-12-31T23:59:59Z");
        final Instant after = Instant.parse("2050-01-01T00:00:00Z");

        assertThat(PeerCertificate.of(identity, before, after).getEncoded())
                .isEqualTo(byBouncyCastle(before, after));
    }

    @Test
    void shouldSpeakForThePeerWhoseKeyItHolds() throws Exception {
        final X509Certificate certificate = PeerCertificate.of(identity, NOW, NOW.plus(YEAR));

        PeerCertificate.check(certificate, NOW);
        assertThat(PeerTrust.peerOf(certificate)).isEqualTo(identity.peerId());
    }

    @Test
    void shouldNotBeValidBeforeOrAfterItsTime() {
        final X509Certificate certificate = PeerCertificate.of(identity, NOW, NOW.plus(YEAR));

        assertThatThrownBy(() -> PeerCertificate.check(certificate, NOW.minusSeconds(1)))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> PeerCertificate.check(certificate, NOW.plus(YEAR).plusSeconds(1)))
                .isInstanceOf(CertificateException.class);
    }

    /** Ed25519 signs without randomness: the same contents have one certificate only. */
    private byte[] byBouncyCastle(final Instant notBefore, final Instant notAfter)
            throws Exception {
        final X500Principal name = new X500Principal("CN=" + identity.peerId());
        return new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(notBefore),
                        Date.from(notAfter),
                        name,
                        identity.publicKey())
                .build(new JcaContentSignerBuilder(Ed25519.NAME).build(identity.privateKey()))
                .getEncoded();
    }
}
