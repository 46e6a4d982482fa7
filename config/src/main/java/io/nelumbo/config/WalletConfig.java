package io.nelumbo.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * {@code [Wallet]}: the keys that sign.
 *
 * @param folder the keystore: one file per key
 */
public record WalletConfig(Path folder, PassphraseSource passphraseSource) {

    /** Where the passphrase of the keystore comes from. */
    public enum PassphraseSource {
        /** There is none: key files are protected by their file mode only. */
        NONE;

        /** As the configuration writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final Key<String> FOLDER =
            Key.text(
                    "Folder",
                    "The keystore folder, the same keys on every node. Empty: \"keystore\" in the"
                            + " node's folder.");
    static final Key<PassphraseSource> PASSPHRASE_SOURCE =
            Key.choice(
                    "PassphraseSource",
                    PassphraseSource.NONE,
                    "Where the keystore's passphrase comes from. Only \"none\" so far: key files"
                            + " are not encrypted, and readable by their owner only.");
    static final Section SECTION =
            new Section("Wallet", false, "The signing keys.", List.of(FOLDER, PASSPHRASE_SOURCE));

    static WalletConfig from(final Values values) {
        return new WalletConfig(
                values.folder(SECTION, FOLDER, "keystore"), values.get(SECTION, PASSPHRASE_SOURCE));
    }
}
