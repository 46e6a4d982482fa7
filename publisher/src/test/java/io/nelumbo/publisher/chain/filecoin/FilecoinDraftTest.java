package io.nelumbo.publisher.chain.filecoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.Signing.Failed;
import io.nelumbo.publisher.chain.Signing.Signed;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I2 begins here: a draft and a nonce have one signed form, or none, and never an exception. */
final class FilecoinDraftTest {
    private static final Secp256k1Key KEY = Secp256k1Key.of(KnownAccounts.PRIVATE_KEY);

    @Property(tries = 300)
    void shouldSignTheMessageAtAnyNonce(@ForAll final long nonce) {
        final FilecoinMessage message = KnownAccounts.transfer(25_000);
        final FilecoinDraft draft = FilecoinDraft.of(message, KEY);

        final Signed first = (Signed) draft.sign(nonce);
        final Signed again = (Signed) FilecoinDraft.of(message.withNonce(5), KEY).sign(nonce);

        final SignedFilecoinMessage decoded = SignedFilecoinMessage.decode(first.bytes());
        assertThat(decoded.message()).isEqualTo(message.withNonce(nonce));
        assertThat(decoded.verification(Network.TESTNET)).isInstanceOf(Verification.Valid.class);
        assertThat(decoded.cid()).isEqualTo(Cid.ofDigest(first.hash()));
        assertThat(again.bytes()).isEqualTo(first.bytes());
    }

    @Test
    void shouldSayWhoseKeySigns() {
        final FilecoinDraft draft = FilecoinDraft.of(KnownAccounts.transfer(1), KEY);

        assertThat(draft.sender()).isEqualTo(KnownAccounts.SENDER.account());
        assertThat(draft.signerKeyId()).hasSize(8).isEqualTo(KEY.keyId());
    }

    @Test
    void shouldRefuseAnotherAccountsMessage() {
        final FilecoinMessage message = KnownAccounts.transfer(1).withFrom(KnownAccounts.RECEIVER);

        assertThatThrownBy(() -> FilecoinDraft.of(message, KEY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {65_402, 65_403})
    void shouldSignUpTo64KiB(final int paramsBytes) {
        // 65,402 bytes of parameters fill the limit to the byte, at a nonce of one byte.
        final Signing signing = FilecoinDraft.of(withParams(paramsBytes), KEY).sign(1);

        if (paramsBytes == 65_402) {
            assertThat(((Signed) signing).bytes()).hasSize(SignedFilecoinMessage.MAX_BYTES);
        } else {
            assertThat(((Failed) signing).reason()).contains("message too big");
        }
    }

    @Test
    void shouldFailWhenTheSignerDoes() {
        final FilecoinSigner broken =
                new FilecoinSigner() {
                    @Override
                    public FilecoinAddress address() {
                        return KnownAccounts.SENDER;
                    }

                    @Override
                    public byte[] keyId() {
                        return new byte[8];
                    }

                    @Override
                    public Signature sign(final byte[] data) {
                        throw new IllegalStateException("the device is gone");
                    }
                };

        final Signing signing = FilecoinDraft.of(KnownAccounts.transfer(1), broken).sign(1);

        assertThat(((Failed) signing).reason()).contains("the device is gone");
    }

    @Property(tries = 300)
    void shouldNotVerifyWhatWasTamperedWith(@ForAll final int where, @ForAll final byte other) {
        final Signed signed =
                (Signed) FilecoinDraft.of(KnownAccounts.transfer(25_000), KEY).sign(1);
        final byte[] tampered = signed.bytes().clone();
        tampered[Math.floorMod(where, tampered.length)] = other;

        if (!Arrays.equals(tampered, signed.bytes())) {
            try {
                assertThat(SignedFilecoinMessage.decode(tampered).verification(Network.TESTNET))
                        .isNotInstanceOf(Verification.Valid.class);
            } catch (final MalformedValue refused) {
                assertThat(refused.getMessage()).contains("expected");
            }
        }
    }

    @Test
    void shouldNotVerifyForAnotherKindOfAddress() {
        final SignedFilecoinMessage signed =
                new SignedFilecoinMessage(
                        KnownAccounts.transfer(1).withFrom(FilecoinAddress.ofId(1000)),
                        new Signature(SignatureType.SECP256K1, new byte[65]));

        assertThat(signed.verification(Network.TESTNET)).isInstanceOf(Verification.Invalid.class);
    }

    @Test
    void shouldRefuseDelegatedAccountWithoutItsNetwork() {
        final DelegatedKey key = DelegatedKey.of(KnownAccounts.PRIVATE_KEY);

        assertThatThrownBy(
                        () ->
                                FilecoinDraft.of(
                                        KnownAccounts.transfer(1).withFrom(key.address()), key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("network");
    }

    @Test
    void shouldNotSignOnceTheKeyIsWiped() {
        final Secp256k1Key key = Secp256k1Key.of(KnownAccounts.PRIVATE_KEY);
        final FilecoinDraft draft = FilecoinDraft.of(KnownAccounts.transfer(1), key);

        key.wipe();

        assertThat(draft.sign(1)).isInstanceOf(Failed.class);
        assertThatThrownBy(key::privateKey).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void shouldRefusePrivateKeyOfAnotherLength(final int bytes) {
        assertThatThrownBy(() -> Secp256k1Key.of(new byte[bytes]))
                .isInstanceOf(MalformedValue.class);
    }

    @Test
    void shouldRefusePrivateKeyOutsideTheGroup() {
        final byte[] beyond = new byte[32];
        Arrays.fill(beyond, (byte) 0xff);

        assertThatThrownBy(() -> Secp256k1Key.of(new byte[32])).isInstanceOf(MalformedValue.class);
        assertThatThrownBy(() -> Secp256k1Key.of(beyond)).isInstanceOf(MalformedValue.class);
    }

    private static FilecoinMessage withParams(final int bytes) {
        final FilecoinMessage m = KnownAccounts.transfer(25_000);
        return new FilecoinMessage(
                m.to(),
                m.from(),
                m.nonce(),
                m.value(),
                m.gasLimit(),
                m.gasFeeCap(),
                m.gasPremium(),
                m.method(),
                new byte[bytes]);
    }
}
