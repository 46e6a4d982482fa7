package io.nelumbo.publisher.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.KnownAccounts;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Keys at rest: encrypted, locked without their passphrase, and never shown. */
final class EncryptedKeystoreTest {
    private static final ScryptCost CHEAP = new ScryptCost(2, 8, 1);
    private static final String SECRET = "correct horse battery staple";
    private static final ExportedKey KNOWN =
            new ExportedKey(SignatureType.SECP256K1, KnownAccounts.PRIVATE_KEY);
    private static final String KNOWN_FILE = KnownAccounts.SENDER + ".key";

    @TempDir Path parent;
    private Path folder;

    @BeforeEach
    void chooseFolder() {
        folder = parent.resolve("keystore");
    }

    @ParameterizedTest
    @EnumSource(SignatureType.class)
    void shouldKeepKeysEncryptedOverRestart(final SignatureType type) throws IOException {
        final Wallet wallet = open(SECRET);
        final FilecoinAddress made = wallet.create(type);
        final ExportedKey exported = wallet.exportKey(made);
        assertThat(exported).isNotNull();

        final Wallet reopened = open(SECRET);

        assertThat(reopened.addresses()).containsExactly(made);
        assertThat(reopened.exportKey(made)).usingRecursiveComparison().isEqualTo(exported);
        assertThat(reopened.unencryptedKeys()).isZero();
        final Path file = folder.resolve(made + ".key");
        assertThat(Files.readString(file))
                .doesNotContain(Base64.getEncoder().encodeToString(exported.privateKey()))
                .doesNotContain(HexFormat.of().formatHex(exported.privateKey()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldRefuseAWrongPassphrase() throws IOException {
        open(SECRET).importKey(KNOWN);
        final byte[] before = Files.readAllBytes(folder.resolve(KNOWN_FILE));

        assertThatThrownBy(() -> open("correct horse"))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageStartingWith("wrong passphrase")
                .hasMessageContaining(KnownAccounts.SENDER.toString());

        assertThat(folder.resolve(KNOWN_FILE)).hasBinaryContent(before);
    }

    @Test
    void shouldServeReadsAndRefuseToSignWhenLocked() {
        open(SECRET).importKey(KNOWN);

        final Wallet locked = Wallet.open(folder);

        assertThat(locked.isLocked()).isTrue();
        assertThat(locked.addresses()).containsExactly(KnownAccounts.SENDER);
        assertThat(locked.has(KnownAccounts.SENDER)).isTrue();
        assertThat(locked.defaultAddress()).isEqualTo(KnownAccounts.SENDER);
        assertThat(((Drafting.Refused) locked.draft(KnownAccounts.transfer(1), null)).reason())
                .contains("is locked")
                .contains("PassphraseSource");
        assertThatThrownBy(() -> locked.signer(KnownAccounts.SENDER))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageContaining("PassphraseSource");
        assertThatThrownBy(() -> locked.exportKey(KnownAccounts.SENDER))
                .isInstanceOf(KeystoreFailure.class);
        assertThatThrownBy(() -> locked.create(SignatureType.BLS))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageContaining("PassphraseSource");
        assertThatThrownBy(() -> locked.importKey(KNOWN)).isInstanceOf(KeystoreFailure.class);
        assertThatThrownBy(locked::encrypt).isInstanceOf(KeystoreFailure.class);
    }

    @Test
    void shouldEncryptWhatIsThereInItsPlace() throws IOException {
        final Wallet plain = Wallet.open(folder);
        plain.importKey(KNOWN);
        final FilecoinAddress other = plain.create(SignatureType.BLS);
        assertThat(plain.unencryptedKeys()).isEqualTo(2);

        final Wallet opened = open(SECRET);
        assertThat(opened.unencryptedKeys()).isEqualTo(2);
        assertThat(opened.encrypt()).isEqualTo(2);
        assertThat(opened.encrypt()).isZero();

        assertThat(opened.unencryptedKeys()).isZero();
        assertThat(Files.readString(folder.resolve(KNOWN_FILE))).contains("aes-128-ctr");
        assertThat(Wallet.open(folder).isLocked()).isTrue();
        final Wallet reopened = open(SECRET);
        assertThat(reopened.addresses()).containsExactlyInAnyOrder(KnownAccounts.SENDER, other);
        assertThat(reopened.exportKey(KnownAccounts.SENDER))
                .usingRecursiveComparison()
                .isEqualTo(KNOWN);
    }

    @Test
    void shouldNotEncryptWithoutAPassphrase() {
        final Wallet plain = Wallet.open(folder);
        plain.importKey(KNOWN);

        assertThatThrownBy(plain::encrypt)
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageContaining("passphrase");
    }

    @Test
    void shouldDeriveOnceForAWholeKeystore() throws IOException {
        open(SECRET).importKey(KNOWN);
        final FilecoinAddress later = open(SECRET).create(SignatureType.DELEGATED);

        assertThat(salt(KNOWN_FILE)).isEqualTo(salt(later + ".key"));
    }

    @Test
    void shouldSignNothingOnceItIsClosed() {
        final Wallet wallet = open(SECRET);
        wallet.importKey(KNOWN);
        final Drafting drafting = wallet.draft(KnownAccounts.transfer(1), null);

        wallet.close();

        assertThat(((Drafting.Drafted) drafting).draft().sign(1))
                .isInstanceOf(Signing.Failed.class);
        assertThatThrownBy(() -> wallet.create(SignatureType.BLS))
                .isInstanceOf(IllegalStateException.class);
        assertThat(open(SECRET).addresses()).containsExactly(KnownAccounts.SENDER);
    }

    @Test
    void shouldRefuseKeyUnderAnotherName() throws IOException {
        open(SECRET).importKey(KNOWN);
        final String text = Files.readString(folder.resolve(KNOWN_FILE));
        Files.delete(folder.resolve(KNOWN_FILE));
        final Path other = folder.resolve(KnownAccounts.RECEIVER + ".key");
        write(
                other,
                text.replace(KnownAccounts.SENDER.toString(), KnownAccounts.RECEIVER.toString()));

        assertThatThrownBy(() -> open(SECRET))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageContaining(KnownAccounts.SENDER.toString())
                .hasMessageContaining(KnownAccounts.RECEIVER.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"n\":2', '\"n\":1073741824'",
        "'\"n\":2', '\"n\":3'",
        "'\"n\":2', '\"n\":1'",
        "'\"n\":2', '\"n\":0'",
        "'\"n\":2', '\"n\":-2'",
        "'\"n\":2', '\"n\":4294967298'",
        "'\"n\":2', '\"n\":\"2\"'",
        "'\"n\":2', '\"n\":524288'",
        "'\"n\":2', '\"m\":2'",
        "'\"r\":8', '\"r\":536870912'",
        "'\"r\":8', '\"r\":0'",
        "'\"p\":1', '\"p\":100000'",
        "'\"p\":1', '\"p\":0'",
        "'\"dklen\":32', '\"dklen\":2000000000'",
        "'scrypt', 'pbkdf2'",
        "'aes-128-ctr', 'none'",
        "'\"version\":3', '\"version\":4'",
        "'\"iv\":\"', '\"iv\":\"00'",
        "'\"iv\":\"', '\"iv\":\"zz'",
        "'\"salt\":\"', '\"salt\":7,\"x\":\"'",
        "'\"mac\":\"', '\"mac\":\"00'",
        "'\"ciphertext\":\"', '\"ciphertext\":\"00'",
        "'\"type\":\"secp256k1\"', '\"type\":\"rsa\"'",
        "'\"address\":\"f1', '\"address\":\"f3'",
        "'\"crypto\"', '\"crypto\":1,\"crypto\"'",
        "'\"crypto\"', '\"crypto\":[],\"cripto\"'",
    })
    void shouldRefuseHostileFilesBeforeAnythingIsDerived(final String what, final String instead)
            throws IOException {
        open(SECRET).importKey(KNOWN);
        final Path file = folder.resolve(KNOWN_FILE);
        final String text = Files.readString(file);
        assertThat(text).contains(what);
        write(file, text.replaceFirst(Pattern.quote(what), instead));

        assertThatThrownBy(() -> Wallet.open(folder))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageContaining(KNOWN_FILE)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mac", "ciphertext", "salt", "iv"})
    void shouldNotOpenWhatWasTamperedWith(final String field) throws IOException {
        open(SECRET).importKey(KNOWN);
        final Path file = folder.resolve(KNOWN_FILE);
        final String text = Files.readString(file);
        final int at = text.indexOf("\"" + field + "\":\"") + field.length() + 4;
        final char other = text.charAt(at) == '0' ? '1' : '0';
        write(file, text.substring(0, at) + other + text.substring(at + 1));

        assertThatThrownBy(() -> open(SECRET)).isInstanceOf(KeystoreFailure.class);
    }

    @Test
    void shouldNeverShowASecret() throws IOException {
        final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        final ListAppender<ILoggingEvent> log = new ListAppender<>();
        final Level level = root.getLevel();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        final List<String> said = new ArrayList<>();
        try (Passphrase passphrase = Passphrase.of(SECRET.toCharArray())) {
            for (final SignatureType type : SignatureType.values()) {
                final FilecoinKey key =
                        FilecoinKey.of(new ExportedKey(type, KnownAccounts.PRIVATE_KEY.clone()));
                said.add(key.toString());
                said.add(new StoredKey.Plain(key).toString());
                said.add(new ExportedKey(type, key.privateKey()).toString());
            }
            final Wallet wallet = Wallet.open(folder, passphrase, CHEAP);
            wallet.importKey(KNOWN);
            said.add(String.valueOf(wallet.draft(KnownAccounts.transfer(1), null)));
            said.addAll(List.of(wallet.toString(), passphrase.toString()));
            said.add(StoredKey.parse(Files.readAllBytes(folder.resolve(KNOWN_FILE))).toString());
            said.add(SealingKey.derive(passphrase, derivation()).toString());
            assertThatThrownBy(() -> open(SECRET + "x"))
                    .satisfies(e -> said.add(String.valueOf(e)));
        } finally {
            root.setLevel(level);
            root.detachAppender(log);
        }
        log.list.forEach(event -> said.add(event.getFormattedMessage()));

        assertThat(said)
                .allSatisfy(
                        text ->
                                assertThat(text.toLowerCase(Locale.ROOT))
                                        .doesNotContain(SECRET)
                                        .doesNotContain(
                                                HexFormat.of().formatHex(KNOWN.privateKey()))
                                        .doesNotContain(
                                                Base64.getEncoder()
                                                        .encodeToString(KNOWN.privateKey())
                                                        .toLowerCase(Locale.ROOT)));
    }

    private Wallet open(final String secret) {
        try (Passphrase passphrase = Passphrase.of(secret.toCharArray())) {
            return Wallet.open(folder, passphrase, CHEAP);
        }
    }

    private String salt(final String name) throws IOException {
        final String text = Files.readString(folder.resolve(name));
        return text.substring(text.indexOf("\"salt\"")).substring(0, 40);
    }

    private static KeyDerivation derivation() {
        return new KeyDerivation(CHEAP, new byte[KeyDerivation.SALT_BYTES]);
    }

    private static void write(final Path file, final String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
