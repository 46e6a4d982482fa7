package io.nelumbo.publisher.chain.filecoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.chain.Signing.Signed;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts are from Zondax's filecoin-signing-tools (Apache-2.0). */
final class BlsKeyTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] PRIVATE_KEY =
            Base64.getDecoder().decode("0x7Y0GGX92MeWBF9mcWuR5EYPxe2dy60r8XIQOD31BI=");
    private static final String PUBLIC_KEY =
            "ade28c91045e89a0dcdb49d5ed0d62a4f02d78a96dbd406a4f9d37a1cd2fb5c29058def79b01b4d1556ade74"
                    + "ffc07904";
    private static final FilecoinMessage MESSAGE =
            new FilecoinMessage(
                    KnownAccounts.RECEIVER,
                    FilecoinAddress.ofBls(HEX.parseHex(PUBLIC_KEY)),
                    1,
                    BigInteger.valueOf(100_000),
                    25_000,
                    BigInteger.valueOf(2500),
                    BigInteger.valueOf(2500),
                    0,
                    new byte[0]);
    private static final String SIGNATURE =
            "a3e507f89527472ad67ddd9bf555e8e745c284944cd855e2ed4b68660a325baacd4dfd93972af2c7e2d39ddc"
                    + "8a5ac37e0660ddc641cb7942ef5a31f3e62e83e006341f6a4b4f9c4cdddb0ba43031b4e9dc96"
                    + "d2b936b9050dccca9e95b8576653";

    @Test
    void shouldDeriveAddressesAsOthersDo() {
        final byte[] other =
                Base64.getDecoder().decode("P2pSgkvsZSgi0LOczuHmSXT1+l/hvSs3fVBb4y8OgVo=");

        assertThat(BlsKey.of(PRIVATE_KEY).address()).isEqualTo(MESSAGE.from());
        assertThat(BlsKey.of(PRIVATE_KEY).privateKey()).isEqualTo(PRIVATE_KEY);
        assertThat(BlsKey.of(other).address().text(Network.CALIBRATION))
                .isEqualTo(
                        "t3uxb75vcy3ilwbsaavao52v7gfnfh6aics4a7nj26dwpcmj4mxxgnzholkupuplafdrbd55frpoolf"
                                + "nm7wlda");
    }

    @Test
    void shouldVerifyWhatOthersSigned() {
        final Signature signature = new Signature(SignatureType.BLS, HEX.parseHex(SIGNATURE));

        assertThat(new SignedFilecoinMessage(MESSAGE, signature).verification(Network.MAINNET))
                .isInstanceOf(Verification.Valid.class);
    }

    @Test
    void shouldNotVerifyWhatSignedTheBytesInsteadOfTheirName() {
        // As the network's first test versions signed.
        final Signature signature =
                new Signature(
                        SignatureType.BLS,
                        HEX.parseHex(
                                "a0e8380977d2ccc5dd4d5ebd823406ed22fde880a3bd0fa8426c16b34013c487c51107f5"
                                        + "e2808031b680ff200aa16f770a12a82022cc0fd2a7b0302baacee87862fed1"
                                        + "1be087609d3b0daf90869558574e15b94b375a0f34bce9478e975bb02c"));

        assertThat(Verification.of(signature, MESSAGE.from(), MESSAGE.encode()))
                .isInstanceOf(Verification.Valid.class);
        assertThat(new SignedFilecoinMessage(MESSAGE, signature).verification(Network.MAINNET))
                .isInstanceOf(Verification.Invalid.class);
    }

    @Test
    void shouldSignAsOthersDo() {
        final byte[] privateKey =
                HEX.parseHex("9c26a653e3f6feed763fee9e163a4863252fd3ca38bfeeaa83dab2799b5cf10c");
        final FilecoinMessage message =
                KnownAccounts.transfer(25_000)
                        .withFrom(
                                FilecoinAddress.parse(
                                        "t3v4xr2rwx6ymjs72d7pb3pzgu7nwkrpbjbylb4h4gipynrfcqtaknuws77bz"
                                                + "j7setkcdkgncgti3qfa4n7seq"));
        final BlsKey key = BlsKey.of(privateKey);

        assertThat(key.address()).isEqualTo(message.from());
        assertThat(HEX.formatHex(key.sign(message.cid().bytes()).data()))
                .isEqualTo(
                        "8fb31ca2f2c5fa211f1be32709bd269bb96500789ee71283c7d63d933a139c678414f546ba09"
                                + "6a44183580ecfa2f326e19cd1f7613e06539208359f0ae22b51a94b766b8531ecf"
                                + "f071e152d9bde3f3d4bd679e89224102c667f0193b9259e726");
    }

    @Test
    void shouldNameBlsMessageByItsUnsignedBytes() {
        final Signed signed = (Signed) FilecoinDraft.of(MESSAGE, BlsKey.of(PRIVATE_KEY)).sign(1);

        final SignedFilecoinMessage decoded = SignedFilecoinMessage.decode(signed.bytes());
        assertThat(decoded.cid()).isEqualTo(MESSAGE.cid());
        assertThat(Cid.ofDigest(signed.hash())).isEqualTo(MESSAGE.cid());
        assertThat(decoded.signature())
                .isEqualTo(new Signature(SignatureType.BLS, HEX.parseHex(SIGNATURE)));
    }

    @Property(tries = 30)
    void shouldVerifyItsOwnSignaturesOnly(
            @ForAll @Size(max = 100) final byte[] data, @ForAll final int bit) {
        final BlsKey key = BlsKey.random(new SecureRandom());
        final Signature signature = key.sign(data);
        final byte[] flipped = signature.data().clone();
        final int position = Math.floorMod(bit, flipped.length * Byte.SIZE);
        flipped[position / Byte.SIZE] ^= (byte) (1 << (position % Byte.SIZE));

        assertThat(key.sign(data)).isEqualTo(signature);
        assertThat(BlsKey.of(key.privateKey()).address()).isEqualTo(key.address());
        assertThat(Verification.of(signature, key.address(), data))
                .isInstanceOf(Verification.Valid.class);
        assertThat(Verification.of(new Signature(SignatureType.BLS, flipped), key.address(), data))
                .isInstanceOf(Verification.Invalid.class);
        assertThat(Verification.of(signature, MESSAGE.from(), data))
                .isInstanceOf(Verification.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x80, 0xc0, 0xe0, 0xff, 0x40, 0x20})
    void shouldNotVerifyWhatIsNoPoint(final int firstByte) {
        final byte[] signature = new byte[96];
        signature[0] = (byte) firstByte;
        final byte[] publicKey = new byte[48];
        publicKey[0] = (byte) firstByte;
        final Signature asSignature = new Signature(SignatureType.BLS, signature);

        assertThat(Verification.of(asSignature, MESSAGE.from(), new byte[1]))
                .isInstanceOf(Verification.Invalid.class);
        assertThat(Verification.of(asSignature, FilecoinAddress.ofBls(publicKey), new byte[1]))
                .isInstanceOf(Verification.Invalid.class);
    }

    @Test
    void shouldRefusePrivateKeysThatAreNoScalars() {
        final byte[] order =
                HEX.parseHex("01000000fffffffffe5bfeff02a4bd5305d8a10908d83933487d9d2953a7ed73");
        final byte[] last = order.clone();
        last[0] = 0;

        assertThat(BlsKey.of(last).privateKey()).isEqualTo(last);
        assertThatThrownBy(() -> BlsKey.of(order)).isInstanceOf(MalformedValue.class);
        assertThatThrownBy(() -> BlsKey.of(new byte[32])).isInstanceOf(MalformedValue.class);
        assertThatThrownBy(() -> BlsKey.of(new byte[31])).isInstanceOf(MalformedValue.class);
        assertThatThrownBy(() -> BlsKey.of(new byte[33])).isInstanceOf(MalformedValue.class);
    }

    @Test
    void shouldNotSignOnceItIsWiped() {
        final BlsKey key = BlsKey.of(PRIVATE_KEY);

        key.wipe();

        assertThatThrownBy(() -> key.sign(new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(key::privateKey).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldNotShowItsSecret() {

        assertThat(BlsKey.of(PRIVATE_KEY).toString())
                .isEqualTo("BlsKey[" + MESSAGE.from() + "]")
                .doesNotContain(HEX.formatHex(PRIVATE_KEY));
    }
}
