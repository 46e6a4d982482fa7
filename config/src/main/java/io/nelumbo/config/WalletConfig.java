package io.nelumbo.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * {@code [Wallet]}: the keys that sign.
 *
 * @param folder the keystore: one file per key
 * @param passphraseFile read if the passphrase comes from a file
 */
public record WalletConfig(Path folder, PassphraseSource passphraseSource, Path passphraseFile) {

    /** The variable that holds the passphrase, if it comes from the environment. */
    public static final String PASSPHRASE_VARIABLE = "NELUMBO_PASSPHRASE";

    /** Where the passphrase of the keystore comes from. */
    public enum PassphraseSource {
        /** There is none: new keys are protected by their file mode only, encrypted ones locked. */
        NONE,
        /** A file that nobody but its owner may read. */
        FILE,
        /** The variable {@link #PASSPHRASE_VARIABLE}. */
        ENVIRONMENT,
        /** Whoever starts the node types it. */
        PROMPT;

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
                    "Where the passphrase of the keystore comes from: \"file\" (PassphraseFile),"
                            + " \"environment\" (the variable "
                            + PASSPHRASE_VARIABLE
                            + "), \"prompt\" (asked for on the terminal at start), or \"none\":"
                            + " new keys are not encrypted, and encrypted ones stay locked. `nelumbo"
                            + " wallet encrypt` encrypts the keys that are there.");
    static final Key<String> PASSPHRASE_FILE =
            Key.text(
                    "PassphraseFile",
                    "The file that holds the passphrase on its one line, readable by its owner only"
                            + " (chmod 600). Empty: \"passphrase\" in the node's folder.");
    static final Section SECTION =
            new Section(
                    "Wallet",
                    false,
                    "The signing keys.",
                    List.of(FOLDER, PASSPHRASE_SOURCE, PASSPHRASE_FILE));

    static WalletConfig from(final Values values) {
        return new WalletConfig(
                values.folder(SECTION, FOLDER, "keystore"),
                values.get(SECTION, PASSPHRASE_SOURCE),
                values.file(SECTION, PASSPHRASE_FILE, "passphrase"));
    }
}
