package io.nelumbo.publisher.chain.filecoin;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.chain.Signing.Signed;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes, CIDs and signatures that other implementations made. */
final class SigningVectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void shouldEncodeTransferAsOthersDo() {
        final FilecoinMessage message = KnownAccounts.transfer(25_000);

        assertThat(HEX.formatHex(message.encode()))
                .isEqualTo(
                        "8a005501fd1d0f4dfcd7e99afcb99a8326b7dc459d32c62855011eaf1c8a4bbfeeb0870b17"
                                + "45b1f57503470b71160144000186a01961a84200014200010040");
        assertThat(FilecoinMessage.decode(message.encode())).isEqualTo(message);
    }

    @Test
    void shouldEncodeMethodAndParametersAsOthersDo() {
        final byte[] params =
                Base64.getDecoder()
                        .decode(
                                "hFUB/R0PTfzX6Zr8uZqDJrfcRZ0yxihAB1gtglUB/R0PTfzX6Zr8uZqDJrfcRZ0yxi"
                                        + "hVAR6vHIpLv+6whwsXRbH1dQNHC3EW");
        final FilecoinMessage message =
                new FilecoinMessage(
                        FilecoinAddress.parse("t01002"),
                        KnownAccounts.SENDER,
                        1,
                        BigInteger.valueOf(100_000),
                        25_000,
                        BigInteger.ONE,
                        BigInteger.ONE,
                        7,
                        params);

        assertThat(HEX.formatHex(message.encode()))
                .isEqualTo(
                        "8a004300ea0755011eaf1c8a4bbfeeb0870b1745b1f57503470b71160144000186a01961a8"
                                + "420001420001075848845501fd1d0f4dfcd7e99afcb99a8326b7dc459d32c6284007"
                                + "582d825501fd1d0f4dfcd7e99afcb99a8326b7dc459d32c62855011eaf1c8a4bbfee"
                                + "b0870b1745b1f57503470b7116");
    }

    @Test
    void shouldEncodeBlsSenderAsOthersDo() {
        final FilecoinMessage message =
                FilecoinMessage.decode(
                        HEX.parseHex(
                                "8a005501fd1d0f4dfcd7e99afcb99a8326b7dc459d32c628583103ade28c91045e89"
                                        + "a0dcdb49d5ed0d62a4f02d78a96dbd406a4f9d37a1cd2fb5c29058def79b"
                                        + "01b4d1556ade74ffc079040144000186a01961a8430009c4430009c40040"));

        assertThat(message.from().text(Network.TESTNET))
                .isEqualTo(
                        "t3vxrizeiel2e2bxg3jhk62dlcutyc26fjnw6ua2sptu32dtjpwxbjawg666nqdngrkvvn45h7y"
                                + "b4qiya6ls7q");
        assertThat(message.gasFeeCap()).isEqualTo(2500);
    }

    @Test
    void shouldNameSignedMessageAsOthersDo() {
        final Signature signature =
                new Signature(
                        SignatureType.SECP256K1,
                        Base64.getDecoder()
                                .decode(
                                        "0wRrFJZFIVh8m0JD+f5C55YrxD6YAWtCXWYihrPTKdMfgMhYAy86MVhs43hSLXnV"
                                                + "+47UReRIe8qFdHRJqFlreAE="));
        final SignedFilecoinMessage signed =
                new SignedFilecoinMessage(KnownAccounts.transfer(2_500_000), signature);

        assertThat(signed.cid().text())
                .isEqualTo("bafy2bzacebaiinljwwctblf7czp4zxwhz4747z6tpricgn5cumd4xhebftcvu");
        assertThat(signed.verification(Network.TESTNET)).isInstanceOf(Verification.Valid.class);
        assertThat(SignedFilecoinMessage.decode(signed.encode())).isEqualTo(signed);
    }

    @Test
    void shouldSignAsOthersDo() {
        final Secp256k1Key key = Secp256k1Key.of(KnownAccounts.PRIVATE_KEY);
        final FilecoinMessage message = KnownAccounts.transfer(25_000);

        final Signature signature = key.sign(message.cid().bytes());

        assertThat(Base64.getEncoder().encodeToString(signature.data()))
                .isEqualTo(
                        "nFuTI7MxEXqTQ0QmmQTmqbUsNZfHFXlNjz+susVDkAk1SrRCdJKxlVZZrM4vUtVBSYgtMIei"
                                + "gNfpqdKGIFhoWQA=");
    }

    @Test
    void shouldSignDraftLikeTheWholeMessage() {
        final Secp256k1Key key = Secp256k1Key.of(KnownAccounts.PRIVATE_KEY);
        final FilecoinMessage message = KnownAccounts.transfer(25_000);

        final Signed signed = (Signed) FilecoinDraft.of(message.withNonce(77), key).sign(1);

        final SignedFilecoinMessage decoded = SignedFilecoinMessage.decode(signed.bytes());
        assertThat(decoded.message()).isEqualTo(message);
        assertThat(decoded.signature()).isEqualTo(key.sign(message.cid().bytes()));
        assertThat(Cid.ofDigest(signed.hash())).isEqualTo(decoded.cid());
    }

    @ParameterizedTest
    @CsvSource({
        "8VcW07ADswS4BV2cxi5rnIadVsyTDDhY1NfDH19T8Uo=, f1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba",
    })
    void shouldDeriveAddressAsOthersDo(final String privateKey, final String address) {
        assertThat(Secp256k1Key.of(Base64.getDecoder().decode(privateKey)).address().toString())
                .isEqualTo(address);
    }
}
