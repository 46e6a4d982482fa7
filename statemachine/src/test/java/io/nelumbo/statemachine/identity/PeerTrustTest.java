package io.nelumbo.statemachine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.config.PeerId;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PeerTrustTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final PeerIdentity ALICE = PeerIdentity.generate();
    private static final PeerIdentity BOB = PeerIdentity.generate();
    private static final PeerIdentity STRANGER = PeerIdentity.generate();

    private final List<String> told = new ArrayList<>();
    private final PeerTrust trust =
            new PeerTrust(
                    new PeerTrust.MemberList() {
                        @Override
                        public boolean contains(final PeerId peer) {
                            return peer.equals(ALICE.peerId()) || peer.equals(BOB.peerId());
                        }

                        @Override
                        public @Nullable PeerId at(final String host, final int port) {
                            return host.equals("alice") && port == 1 ? ALICE.peerId() : null;
                        }
                    },
                    InstantSource.fixed(NOW),
                    (who, why) -> told.add(who + ": " + why));

    @Test
    void shouldLetAMemberIn() {
        assertThatCode(() -> trust.checkClientTrusted(shownBy(BOB), "UNKNOWN"))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAStrangerAndNameHim() {
        assertThatThrownBy(() -> trust.checkClientTrusted(shownBy(STRANGER), "UNKNOWN"))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("expected a member")
                .hasMessageContaining(STRANGER.peerId().toString());
    }

    @Test
    void shouldRefuseAMembersCertificateOutsideItsTime() {
        final X509Certificate past =
                PeerCertificate.of(ALICE, NOW.minusSeconds(20), NOW.minusSeconds(10));
        final X509Certificate future =
                PeerCertificate.of(ALICE, NOW.plusSeconds(10), NOW.plusSeconds(20));

        assertThatThrownBy(() -> trust.checkClientTrusted(chain(past), "UNKNOWN"))
                .isInstanceOf(CertificateExpiredException.class);
        assertThatThrownBy(() -> trust.checkClientTrusted(chain(future), "UNKNOWN"))
                .isInstanceOf(CertificateNotYetValidException.class);
    }

    @Test
    void shouldRefuseACertificateThatNamesAMemberButIsSignedByAStranger()
            throws GeneralSecurityException, OperatorCreationException {
        // given: Alice's key and name, which everybody knows, under a stranger's signature
        final X500Principal name = new X500Principal("CN=" + ALICE.peerId());
        final X509Certificate forged =
                new JcaX509CertificateConverter()
                        .getCertificate(
                                new JcaX509v3CertificateBuilder(
                                                name,
                                                java.math.BigInteger.ONE,
                                                Date.from(NOW.minusSeconds(10)),
                                                Date.from(NOW.plusSeconds(10)),
                                                name,
                                                ALICE.publicKey())
                                        .build(
                                                new JcaContentSignerBuilder("Ed25519")
                                                        .build(STRANGER.privateKey())));

        assertThatThrownBy(() -> trust.checkClientTrusted(chain(forged), "UNKNOWN"))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("its own key signed");
    }

    @Test
    void shouldRefuseAnotherKindOfKeyAndALongerChain()
            throws GeneralSecurityException, OperatorCreationException {
        final X500Principal name = new X500Principal("CN=" + ALICE.peerId());
        final var pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        final X509Certificate other =
                new JcaX509CertificateConverter()
                        .getCertificate(
                                new JcaX509v3CertificateBuilder(
                                                name,
                                                java.math.BigInteger.ONE,
                                                Date.from(NOW.minusSeconds(10)),
                                                Date.from(NOW.plusSeconds(10)),
                                                name,
                                                pair.getPublic())
                                        .build(
                                                new JcaContentSignerBuilder("SHA256withECDSA")
                                                        .build(pair.getPrivate())));

        assertThatThrownBy(() -> trust.checkClientTrusted(chain(other), "UNKNOWN"))
                .hasMessageContaining("ed25519");
        assertThatThrownBy(
                        () ->
                                trust.checkClientTrusted(
                                        chain(shownBy(ALICE)[0], shownBy(BOB)[0]), "UNKNOWN"))
                .hasMessageContaining("expected one certificate");
    }

    @Test
    void shouldTakeOnlyTheMemberItselfAtItsAddressAndTellOfAnybodyElse() throws Exception {
        trust.checkServerTrusted(shownBy(ALICE), "UNKNOWN", calling("alice", 1));
        assertThat(told).isEmpty();

        assertThatThrownBy(
                        () ->
                                trust.checkServerTrusted(
                                        shownBy(BOB), "UNKNOWN", calling("alice", 1)))
                .hasMessageContaining(ALICE.peerId().toString())
                .hasMessageContaining(BOB.peerId().toString());
        assertThatThrownBy(
                        () ->
                                trust.checkServerTrusted(
                                        shownBy(ALICE), "UNKNOWN", calling("elsewhere", 1)))
                .hasMessageContaining("expected no member there");
        assertThatThrownBy(() -> trust.checkServerTrusted(shownBy(ALICE), "UNKNOWN"))
                .hasMessageContaining("which address");
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).startsWith("whoever answers at alice:1");
    }

    @Test
    void shouldMakeANewCertificateLongBeforeTheOldRunsOut() {
        final Instant[] now = {NOW};
        final PeerKey key = new PeerKey(ALICE, () -> now[0]);
        final X509Certificate first = key.getCertificateChain("node")[0];

        now[0] = NOW.plus(PeerKey.LIFETIME.dividedBy(2)).minus(Duration.ofDays(1));
        assertThat(key.getCertificateChain("node")[0]).isSameAs(first);

        now[0] = NOW.plus(PeerKey.LIFETIME.dividedBy(2)).plus(Duration.ofDays(1));
        final X509Certificate second = key.getCertificateChain("node")[0];
        assertThat(second.getNotAfter()).isAfter(first.getNotAfter());
        assertThat(second.getNotBefore().toInstant()).isEqualTo(now[0].minus(PeerKey.CLOCK_SKEW));
    }

    @Test
    void shouldMakeANewCertificateWhenTheClockIsSetBack() {
        // given: a node that started years ahead, before its clock was set
        final Instant[] now = {NOW.plus(Duration.ofDays(1500))};
        final PeerKey key = new PeerKey(ALICE, () -> now[0]);

        now[0] = NOW;

        assertThatCode(() -> trust.checkClientTrusted(key.getCertificateChain("node"), "UNKNOWN"))
                .doesNotThrowAnyException();
    }

    private static X509Certificate[] shownBy(final PeerIdentity identity) {
        return new PeerKey(identity, InstantSource.fixed(NOW)).getCertificateChain("node");
    }

    private static X509Certificate[] chain(final X509Certificate... certificates) {
        return certificates;
    }

    private static SSLEngine calling(final String host, final int port)
            throws GeneralSecurityException {
        return SSLContext.getDefault().createSSLEngine(host, port);
    }
}
