package io.nelumbo.publisher.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.Signing.Signed;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.FilecoinSigner;
import io.nelumbo.publisher.chain.filecoin.KnownAccounts;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Verification;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys survive, stay private, and sign for their own address only. */
final class WalletTest {
    private static final ExportedKey KNOWN =
            new ExportedKey(SignatureType.SECP256K1, KnownAccounts.PRIVATE_KEY);
    private static final String KNOWN_FILE = KnownAccounts.SENDER + ".key";

    /** For an account that does not need its key. */
    private static final Runnable UNUSED = () -> {};

    @TempDir Path parent;
    private Path folder;

    @BeforeEach
    void chooseFolder() {
        folder = parent.resolve("node/keystore");
    }

    @Test
    void shouldForgetADeletedKeyAndLeaveItsFileToAPerson() throws IOException {
        // given
        final Wallet wallet = Wallet.open(folder);
        final FilecoinAddress known = wallet.importKey(KNOWN);
        final FilecoinSigner signer = wallet.signer(known);
        final FilecoinAddress other = wallet.create(SignatureType.BLS);

        // when
        assertThat(wallet.delete(known, UNUSED)).isTrue();
        assertThat(wallet.delete(known, UNUSED)).isFalse();

        // then: not here, not the default, and what still holds the key cannot use it
        assertThat(wallet.has(known)).isFalse();
        assertThat(wallet.defaultAddress()).isNull();
        assertThatThrownBy(() -> signer.sign(new byte[] {1})).isInstanceOf(RuntimeException.class);
        assertThat(Wallet.open(folder).addresses()).containsExactly(other);
        assertThat(Wallet.open(folder).defaultAddress()).isNull();
        // and: it can come back
        Files.move(folder.resolve(".deleted-" + KNOWN_FILE), folder.resolve(KNOWN_FILE));
        assertThat(exportedFrom(Wallet.open(folder), known)).isEqualTo(KnownAccounts.PRIVATE_KEY);
    }

    @Test
    void shouldTakeADeletedKeyInAgain() {
        // given
        final Wallet wallet = Wallet.open(folder);
        final FilecoinAddress known = wallet.importKey(KNOWN);
        wallet.delete(known, UNUSED);

        // when
        wallet.importKey(KNOWN);
        wallet.delete(known, UNUSED);
        wallet.importKey(KNOWN);

        // then
        assertThat(wallet.defaultAddress()).isEqualTo(known);
        assertThat(exportedFrom(Wallet.open(folder), known)).isEqualTo(KnownAccounts.PRIVATE_KEY);
    }

    @Test
    void shouldSayThatTheKeyIsThereWhenOnlyTheDefaultCannotBeWritten() throws IOException {
        // given: something is in the way of the default's file
        final Wallet wallet = Wallet.open(folder);
        final Path inTheWay = Files.createDirectories(folder.resolve("default/not empty"));

        // then: both ways say that the key is there, and it is
        assertThatThrownBy(() -> wallet.importKey(KNOWN))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageStartingWith(
                        "the key "
                                + KnownAccounts.SENDER
                                + " was imported; only the default could not be written: ");
        assertThat(wallet.signer(KnownAccounts.SENDER)).isNotNull();
        assertThatThrownBy(() -> wallet.create(SignatureType.BLS))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageMatching(
                        "the key f3\\w+ was made; only the default could not be written: .*");
        assertThat(wallet.defaultAddress()).isNull();

        // and: they survive, and the default can be chosen when nothing is in the way
        Files.delete(inTheWay);
        Files.delete(folder.resolve("default"));
        assertThat(Wallet.open(folder).addresses()).hasSize(2);
        assertThat(wallet.chooseDefault(KnownAccounts.SENDER)).isTrue();
    }

    @Test
    void shouldSayThatTheKeyIsGoneWhenOnlyTheDefaultCannotBeForgotten() throws IOException {
        // given
        final Wallet wallet = Wallet.open(folder);
        wallet.importKey(KNOWN);
        Files.delete(folder.resolve("default"));
        Files.createDirectories(folder.resolve("default/not empty"));

        // then
        assertThatThrownBy(() -> wallet.delete(KnownAccounts.SENDER, UNUSED))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageStartingWith(
                        "the key "
                                + KnownAccounts.SENDER
                                + " was deleted; only the default could not be forgotten: ");
        assertThat(wallet.has(KnownAccounts.SENDER)).isFalse();
        assertThat(wallet.defaultAddress()).isNull();
        assertThat(folder.resolve(".deleted-" + KNOWN_FILE)).exists();
    }

    @Test
    void shouldPutAKeyBackThatTurnsOutToBeNeededWhenItNoLongerSigns() {
        // given
        final Wallet wallet = Wallet.open(folder);
        wallet.importKey(KNOWN);
        final FilecoinSigner signer = wallet.signer(KnownAccounts.SENDER);
        final List<Boolean> signs = new ArrayList<>();

        // when: its last signature is seen only after it could sign for the last time
        assertThatThrownBy(
                        () ->
                                wallet.delete(
                                        KnownAccounts.SENDER,
                                        () -> {
                                            signs.add(canSign(signer));
                                            if (signs.size() == 2) {
                                                throw new IllegalArgumentException("in flight");
                                            }
                                        }))
                .hasMessage("in flight");

        // then
        assertThat(signs).containsExactly(true, false);
        assertThat(exportedFrom(wallet, KnownAccounts.SENDER)).isEqualTo(KnownAccounts.PRIVATE_KEY);
        assertThat(canSign(wallet.signer(KnownAccounts.SENDER))).isTrue();
        assertThat(wallet.defaultAddress()).isEqualTo(KnownAccounts.SENDER);
        assertThat(wallet.unencryptedKeys()).isEqualTo(1);
        assertThat(folder.resolve(KNOWN_FILE)).exists();
    }

    @Test
    void shouldKeepAKeyThatCannotBeSetAside() throws IOException {
        // given
        final Wallet wallet = Wallet.open(folder);
        wallet.importKey(KNOWN);
        Files.delete(folder.resolve(KNOWN_FILE));

        // then
        assertThatThrownBy(() -> wallet.delete(KnownAccounts.SENDER, UNUSED))
                .isInstanceOf(KeystoreFailure.class);
        assertThat(canSign(wallet.signer(KnownAccounts.SENDER))).isTrue();
    }

    @Test
    void shouldNotExportAKeyThatWasWipedMeanwhile() {
        final Wallet wallet = Wallet.open(folder);
        for (final SignatureType type : SignatureType.values()) {
            wallet.create(type);
        }

        wallet.close();

        for (final FilecoinAddress address : wallet.addresses()) {
            assertThatThrownBy(() -> wallet.exportKey(address))
                    .isInstanceOf(KeystoreFailure.class)
                    .hasMessageContaining("nothing was exported");
        }
    }

    @Test
    void shouldKeepKeysOverRestart() {
        final Wallet wallet = Wallet.open(folder);
        final FilecoinAddress made = wallet.create(SignatureType.SECP256K1);
        final FilecoinAddress imported = wallet.importKey(KNOWN);
        wallet.chooseDefault(imported);

        final Wallet reopened = Wallet.open(folder);

        assertThat(imported).isEqualTo(KnownAccounts.SENDER);
        assertThat(reopened.addresses()).containsExactlyInAnyOrder(made, imported);
        assertThat(reopened.defaultAddress()).isEqualTo(imported);
        assertThat(exportedFrom(reopened, imported)).isEqualTo(KnownAccounts.PRIVATE_KEY);
        assertThat(exportedFrom(reopened, made)).isEqualTo(exportedFrom(wallet, made));
    }

    @Test
    void shouldDefaultToTheFirstKey() {
        final Wallet wallet = Wallet.open(folder);
        assertThat(wallet.defaultAddress()).isNull();

        final FilecoinAddress first = wallet.create(SignatureType.SECP256K1);
        wallet.create(SignatureType.SECP256K1);

        assertThat(wallet.defaultAddress()).isEqualTo(first);
        assertThat(wallet.chooseDefault(KnownAccounts.SENDER)).isFalse();
        assertThat(Wallet.open(folder).defaultAddress()).isEqualTo(first);
    }

    @Test
    void shouldBeForItsOwnerOnly() throws IOException {
        Wallet.open(folder).importKey(KNOWN);

        assertThat(modeOf(folder)).isEqualTo("rwx------");
        assertThat(modeOf(folder.resolve(KNOWN_FILE))).isEqualTo("rw-------");
        assertThat(modeOf(folder.resolve("default"))).isEqualTo("rw-------");
    }

    @Test
    void shouldImportTwiceAsOnce() {
        final Wallet wallet = Wallet.open(folder);

        wallet.importKey(KNOWN);
        wallet.importKey(KNOWN);

        assertThat(wallet.addresses()).containsExactly(KnownAccounts.SENDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
    void shouldRefuseKeyFileThatOthersMayUse(final String mode) throws IOException {
        Wallet.open(folder).importKey(KNOWN);
        Files.setPosixFilePermissions(
                folder.resolve(KNOWN_FILE), PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> Wallet.open(folder))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageContaining(KNOWN_FILE)
                .hasMessageContaining("chmod 600")
                .hasMessageContaining(mode);
    }

    @Test
    void shouldRefuseFolderThatOthersMayUse() throws IOException {
        Wallet.open(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));

        assertThatThrownBy(() -> Wallet.open(folder))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageContaining("chmod 700")
                .hasMessageContaining("rwxr-x---");
    }

    @Test
    void shouldPassOverWhatACrashLeftBehind() throws IOException {
        Wallet.open(folder).importKey(KNOWN);
        Files.writeString(folder.resolve("." + KNOWN_FILE + ".123"), "{\"Type\":\"secp");
        Files.writeString(folder.resolve(".default.456"), "f1");

        final Wallet reopened = Wallet.open(folder);

        assertThat(reopened.addresses()).containsExactly(KnownAccounts.SENDER);
        assertThat(reopened.create(SignatureType.SECP256K1)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"Type\":\"secp256k1\"}",
                "{\"Type\":\"bls\",\"PrivateKey\":\"AAAA\"}",
                "{\"Type\":\"secp256k1\",\"PrivateKey\":\"AAAA\"}",
                "{\"Type\":\"rsa\",\"PrivateKey\":\"8VcW07ADswS4BV2cxi5rnIadVsyTDDhY1NfDH19T8Uo=\"}"
            })
    void shouldRefuseToStartWithBadKeyFile(final String content) throws IOException {
        Wallet.open(folder).importKey(KNOWN);
        Files.writeString(folder.resolve(KNOWN_FILE), content);

        assertThatThrownBy(() -> Wallet.open(folder))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageContaining(KNOWN_FILE);
    }

    @Test
    void shouldRefuseKeyUnderAnotherName() throws IOException {
        Wallet.open(folder).importKey(KNOWN);
        Files.move(folder.resolve(KNOWN_FILE), folder.resolve(KnownAccounts.RECEIVER + ".key"));

        assertThatThrownBy(() -> Wallet.open(folder))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageContaining(KnownAccounts.RECEIVER.toString())
                .hasMessageContaining(KnownAccounts.SENDER.toString());
    }

    @Test
    void shouldRefuseStrangeFile() throws IOException {
        Wallet.open(folder);
        Files.writeString(folder.resolve("notes.txt"), "keys are here");

        assertThatThrownBy(() -> Wallet.open(folder))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageContaining("notes.txt");
    }

    @Test
    void shouldRefuseUnreadableDefault() throws IOException {
        Wallet.open(folder).importKey(KNOWN);
        Files.writeString(folder.resolve("default"), "f1oops");

        assertThatThrownBy(() -> Wallet.open(folder))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageContaining("default");
    }

    @Test
    void shouldLeaveNothingBehindWhenKeyCannotBeKept() throws IOException {
        final Wallet wallet = Wallet.open(folder);
        Files.delete(folder);

        assertThatThrownBy(() -> wallet.create(SignatureType.SECP256K1))
                .isInstanceOf(KeystoreFailure.class);

        assertThat(wallet.addresses()).isEmpty();
        assertThat(wallet.defaultAddress()).isNull();
    }

    @ParameterizedTest
    @EnumSource(SignatureType.class)
    void shouldKeepAndSignWithEveryTypeOfKey(final SignatureType type) {
        final FilecoinAddress made = Wallet.open(folder).create(type);
        final Wallet reopened = Wallet.open(folder);

        final Drafting drafting = reopened.draft(emptyCall(made), Network.CALIBRATION);

        assertThat(reopened.addresses()).containsExactly(made);
        final Signed signed = (Signed) ((Drafting.Drafted) drafting).draft().sign(3);
        final SignedFilecoinMessage message = SignedFilecoinMessage.decode(signed.bytes());
        assertThat(message.signature().type()).isEqualTo(type);
        assertThat(message.verification(Network.CALIBRATION))
                .isInstanceOf(Verification.Valid.class);
        final Wallet other = Wallet.open(parent.resolve("other"));
        assertThat(other.importKey(KeyText.parse(KeyText.hex(exported(reopened, made)))))
                .isEqualTo(made);
    }

    @ParameterizedTest
    @EnumSource(SignatureType.class)
    void shouldRefuseToImportWhatIsNoKey(final SignatureType type) {
        final Wallet wallet = Wallet.open(folder);

        for (final int bytes : new int[] {0, 31, 32, 33, 64}) {
            assertThatThrownBy(() -> wallet.importKey(new ExportedKey(type, new byte[bytes])))
                    .isInstanceOf(MalformedValue.class);
        }
        assertThat(wallet.addresses()).isEmpty();
    }

    @Test
    void shouldNotSignForDelegatedAccountOfUnknownNetwork() {
        final Wallet wallet = Wallet.open(folder);
        final FilecoinAddress sender = wallet.create(SignatureType.DELEGATED);

        assertThat(refusal(wallet.draft(emptyCall(sender), null))).contains("no upstream has said");
    }

    @Test
    void shouldRefuseWhatDelegatedAccountCannotSay() {
        final Wallet wallet = Wallet.open(folder);
        final FilecoinAddress sender = wallet.create(SignatureType.DELEGATED);
        final FilecoinMessage transfer = KnownAccounts.transfer(1).withFrom(sender);

        assertThat(refusal(wallet.draft(transfer, Network.TESTNET)))
                .contains(sender.text(Network.TESTNET))
                .contains("InvokeEVM");
    }

    @Test
    void shouldNotDraftForStrangers() {
        final Wallet wallet = Wallet.open(folder);

        assertThat(refusal(wallet.draft(KnownAccounts.transfer(1), Network.CALIBRATION)))
                .isEqualTo(
                        "wallet: key for "
                                + KnownAccounts.SENDER.text(Network.CALIBRATION)
                                + " not found");
        assertThat(refusal(wallet.draft(KnownAccounts.transfer(1), null)))
                .isEqualTo("wallet: key for " + KnownAccounts.SENDER + " not found");
        assertThat(wallet.signer(KnownAccounts.SENDER)).isNull();
        assertThat(wallet.exportKey(KnownAccounts.SENDER)).isNull();
    }

    @Test
    void shouldSignTheSameBytesOnEveryThread() throws Exception {
        final Wallet wallet = Wallet.open(folder);
        wallet.importKey(KNOWN);
        final Draft draft =
                ((Drafting.Drafted) wallet.draft(KnownAccounts.transfer(25_000), null)).draft();
        final ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            final List<Future<List<Signed>>> runs = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                runs.add(threads.submit(() -> signAll(draft)));
            }

            final List<Signed> expected = signAll(draft);
            for (final Future<List<Signed>> run : runs) {
                assertThat(run.get()).usingRecursiveComparison().isEqualTo(expected);
            }
            assertThat(
                            SignedFilecoinMessage.decode(expected.get(99).bytes())
                                    .verification(Network.TESTNET))
                    .isInstanceOf(Verification.Valid.class);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Signed> signAll(final Draft draft) {
        final List<Signed> signed = new ArrayList<>();
        for (int nonce = 0; nonce < 100; nonce++) {
            signed.add((Signed) draft.sign(nonce));
        }
        return signed;
    }

    private static boolean canSign(final @Nullable FilecoinSigner signer) {
        assertThat(signer).isNotNull();
        try {
            return signer.sign(new byte[] {1}) != null;
        } catch (final RuntimeException wiped) {
            return false;
        }
    }

    private static byte[] exportedFrom(final Wallet wallet, final FilecoinAddress address) {
        return exported(wallet, address).privateKey();
    }

    private static ExportedKey exported(final Wallet wallet, final FilecoinAddress address) {
        final ExportedKey exported = wallet.exportKey(address);
        assertThat(exported).isNotNull();
        return exported;
    }

    private static String refusal(final Drafting drafting) {
        return ((Drafting.Refused) drafting).reason();
    }

    /** What every kind of account may say. */
    private static FilecoinMessage emptyCall(final FilecoinAddress sender) {
        return new FilecoinMessage(
                FilecoinAddress.ofId(1000),
                sender,
                0,
                BigInteger.ONE,
                1_000_000,
                BigInteger.TEN,
                BigInteger.ONE,
                FilecoinMessage.transferMethod(sender),
                new byte[0]);
    }

    private static String modeOf(final Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
