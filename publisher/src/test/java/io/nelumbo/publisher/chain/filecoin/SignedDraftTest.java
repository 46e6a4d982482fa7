package io.nelumbo.publisher.chain.filecoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.chain.Signing;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A message that somebody else signed, of each kind of account. */
final class SignedDraftTest {

    @ParameterizedTest
    @EnumSource(SignatureType.class)
    void shouldGiveTheSignedBytesAtItsOwnNonceOnly(final SignatureType type) {
        // given
        final FilecoinKey key = key(type, 1);
        final Signing.Signed own =
                (Signing.Signed) FilecoinDraft.of(message(key), key, Network.TESTNET).sign(7);
        final SignedFilecoinMessage signed = SignedFilecoinMessage.decode(own.bytes());

        // when
        final SignedDraft draft = SignedDraft.of(signed, Network.TESTNET);

        // then: to the ledger it is what our own wallet would have made
        assertThat(draft.sender()).isEqualTo(key.address().account());
        assertThat(draft.signerKeyId()).isEqualTo(key.keyId());
        assertThat(draft.fixedNonce()).hasValue(7);
        assertThat(draft.sign(7)).usingRecursiveComparison().isEqualTo(own);
        assertThat(draft.sign(8))
                .isEqualTo(new Signing.Failed("it is signed already, at nonce 7 and not at 8"));
    }

    @ParameterizedTest
    @EnumSource(SignatureType.class)
    void shouldRefuseASignatureThatTheSendersKeyDidNotMake(final SignatureType type) {
        // given
        final FilecoinKey key = key(type, 1);
        final Signing.Signed own =
                (Signing.Signed) FilecoinDraft.of(message(key), key, Network.TESTNET).sign(7);
        final SignedFilecoinMessage signed = SignedFilecoinMessage.decode(own.bytes());

        // when: the message says one nonce, and the signature is over another
        final SignedFilecoinMessage moved =
                new SignedFilecoinMessage(signed.message().withNonce(8), signed.signature());

        // then
        assertThatThrownBy(() -> SignedDraft.of(moved, Network.TESTNET))
                .isInstanceOf(MalformedValue.class)
                .hasMessageStartingWith("signature verification failed: ");
    }

    private static FilecoinKey key(final SignatureType type, final int seed) {
        final byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) seed);
        return FilecoinKey.of(new ExportedKey(type, secret));
    }

    private static FilecoinMessage message(final FilecoinKey key) {
        return new FilecoinMessage(
                key.address(),
                key.address(),
                7,
                BigInteger.ONE,
                1_000_000,
                BigInteger.valueOf(200),
                BigInteger.TEN,
                FilecoinMessage.transferMethod(key.address()),
                new byte[0]);
    }
}
