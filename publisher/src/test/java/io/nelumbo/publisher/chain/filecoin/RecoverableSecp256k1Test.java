package io.nelumbo.publisher.chain.filecoin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.junit.jupiter.api.Test;

final class RecoverableSecp256k1Test {
    private static final ECDomainParameters CURVE =
            new ECDomainParameters(CustomNamedCurves.getByName("secp256k1"));

    /** A message keeps its bytes when the library under the signatures changes (I2). */
    @Test
    void shouldSignAsWeSignedBefore() throws NoSuchAlgorithmException {
        // given: SHA-256 of 1000 signatures by an earlier version, which recovered each one's id
        final String golden = "8f6fc64c808423c24632cd043d5484e29523d7a51544ee70a156332634a57bc5";

        // when
        final MessageDigest all = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < 1000; i++) {
            final Secp256k1Key key = Secp256k1Key.of(sha256("key " + i % 7));
            all.update(key.sign(sha256("message " + i)).data());
        }

        // then
        assertThat(HexFormat.of().formatHex(all.digest())).isEqualTo(golden);
    }

    @Test
    void shouldSignAsRfc6979Says() {
        final long seed = new SecureRandom().nextLong();
        final Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            // given
            final byte[] privateKey = bytes(random);
            final byte[] hash = bytes(random);

            // when
            final byte[] signature = RecoverableSecp256k1.of(privateKey).sign(hash);

            // then
            final BigInteger[] expected = bouncyCastle(privateKey, hash);
            assertThat(new BigInteger(1, signature, 0, 32))
                    .as("seed %d", seed)
                    .isEqualTo(expected[0]);
            assertThat(new BigInteger(1, signature, 32, 32))
                    .as("seed %d", seed)
                    .isEqualTo(expected[1].min(CURVE.getN().subtract(expected[1])));
        }
    }

    @Test
    void shouldSignSoThatTheKeyCanBeRecovered() {
        final long seed = new SecureRandom().nextLong();
        final Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            // given
            final RecoverableSecp256k1 key = RecoverableSecp256k1.of(bytes(random));
            final byte[] hash = bytes(random);

            // when
            final byte[] signature = key.sign(hash);

            // then
            assertThat(RecoverableSecp256k1.isCanonical(signature)).as("seed %d", seed).isTrue();
            assertThat(RecoverableSecp256k1.signer(signature, hash))
                    .as("seed %d", seed)
                    .isEqualTo(key.publicKey());
        }
    }

    @Test
    void shouldSignTheSameOnManyThreads() throws Exception {
        // given: two keys, so that a mixture would show
        final RecoverableSecp256k1 one = RecoverableSecp256k1.of(sha256("one"));
        final RecoverableSecp256k1 other = RecoverableSecp256k1.of(sha256("other"));
        final List<byte[]> expected = signatures(one, other);

        // when
        final ExecutorService signers = Executors.newFixedThreadPool(4);
        try {
            final List<Future<List<byte[]>>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(signers.submit(() -> signatures(one, other)));
            }

            // then
            for (final Future<List<byte[]>> signed : all) {
                assertThat(signed.get())
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(expected);
            }
        } finally {
            signers.shutdown();
        }
    }

    @Test
    void shouldFindNoSignerWhereNoneCanBe() throws NoSuchAlgorithmException {
        // given
        final byte[] hash = sha256("hash");
        final byte[] zeros = new byte[65];
        final byte[] beyondTheOrder = new byte[65];
        Arrays.fill(beyondTheOrder, 0, 64, (byte) 0xff);
        final byte[] unknownId = RecoverableSecp256k1.of(sha256("one")).sign(hash);
        unknownId[64] = 4;

        // when, then
        assertThat(RecoverableSecp256k1.signer(zeros, hash)).isNull();
        assertThat(RecoverableSecp256k1.signer(beyondTheOrder, hash)).isNull();
        assertThat(RecoverableSecp256k1.signer(unknownId, hash)).isNull();
    }

    @Test
    void shouldRefuseAHashOfAnotherLength() throws NoSuchAlgorithmException {
        final RecoverableSecp256k1 key = RecoverableSecp256k1.of(sha256("one"));

        assertThatThrownBy(() -> key.sign(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecoverableSecp256k1.signer(new byte[65], new byte[33]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseNumbersThatAreNoKeys() {
        final byte[] order = HexFormat.of().parseHex(CURVE.getN().toString(16));

        assertThatThrownBy(() -> RecoverableSecp256k1.of(new byte[32]))
                .isInstanceOf(MalformedValue.class);
        assertThatThrownBy(() -> RecoverableSecp256k1.of(order)).isInstanceOf(MalformedValue.class);
        assertThatThrownBy(() -> RecoverableSecp256k1.of(new byte[31]))
                .isInstanceOf(MalformedValue.class);
    }

    @Test
    void shouldNotSignWhenItWasWiped() throws NoSuchAlgorithmException {
        // given
        final RecoverableSecp256k1 key = RecoverableSecp256k1.of(sha256("one"));

        // when
        key.wipe();

        // then
        assertThatThrownBy(() -> key.sign(new byte[32]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the key was wiped");
    }

    /** A library that gives its copy of the key back, too, would undo it. */
    @Test
    void shouldStayWipedWhateverWasSigningMeanwhile() throws Exception {
        final ExecutorService signers = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 100; round++) {
                // given
                final RecoverableSecp256k1 key = RecoverableSecp256k1.of(sha256("round " + round));
                final CountDownLatch signing = new CountDownLatch(2);
                final List<Future<?>> both =
                        List.of(
                                signers.submit(() -> signUntilWiped(key, signing)),
                                signers.submit(() -> signUntilWiped(key, signing)));
                signing.await();

                // when
                key.wipe();
                for (final Future<?> signer : both) {
                    signer.get(20, TimeUnit.SECONDS);
                }

                // then
                assertThat(key.secret()).as("round %d", round).containsOnly(0);
            }
        } finally {
            signers.shutdownNow();
        }
    }

    private static void signUntilWiped(
            final RecoverableSecp256k1 key, final CountDownLatch signing) {
        final byte[] hash = new byte[32];
        try {
            while (true) {
                key.sign(hash);
                signing.countDown();
            }
        } catch (final IllegalStateException wiped) {
            assertThat(wiped).hasMessage("the key was wiped");
        }
    }

    private static List<byte[]> signatures(
            final RecoverableSecp256k1 one, final RecoverableSecp256k1 other)
            throws NoSuchAlgorithmException {
        final List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add((i % 2 == 0 ? one : other).sign(sha256("hash " + i)));
        }
        return all;
    }

    private static BigInteger[] bouncyCastle(final byte[] privateKey, final byte[] hash) {
        final ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, privateKey), CURVE));
        return signer.generateSignature(hash);
    }

    /** Below the order, as good as certainly. */
    private static byte[] bytes(final Random random) {
        final byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] sha256(final String text) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
    }
}
