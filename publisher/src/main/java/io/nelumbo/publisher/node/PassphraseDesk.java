package io.nelumbo.publisher.node;

import io.nelumbo.config.WalletConfig;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.wallet.Passphrase;
import io.nelumbo.statemachine.identity.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keystore's passphrase where the configuration says. Stateless but for its ports; any
 * thread.
 */
public final class PassphraseDesk {
    private static final String QUESTION = "Passphrase of the keystore: ";
    private static final String AGAIN = "The same once more: ";

    private static final String NONE_FOUND =
            "expected a passphrase but there is none: set [Wallet] PassphraseSource to \"file\" or"
                    + " \"environment\" and put it there, or use a terminal";

    private final Map<String, String> environment;
    private final Function<String, char @Nullable []> terminal;

    /**
     * @param environment as of {@link System#getenv()}
     * @param terminal asks a question and gives what is typed, unseen; null when nobody is there
     */
    public PassphraseDesk(
            final Map<String, String> environment,
            final Function<String, char @Nullable []> terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    /**
     * The passphrase, which the caller closes, or null if there is none: no such file, no such
     * variable, nobody at a terminal, or no source.
     *
     * @throws NodeRefused if there is one that cannot be used
     */
    public @Nullable Passphrase find(final WalletConfig config) {
        return switch (config.passphraseSource()) {
            case NONE -> null;
            case FILE -> ofFile(config.passphraseFile());
            case ENVIRONMENT -> ofVariable();
            case PROMPT -> typed(QUESTION);
        };
    }

    /** The passphrase of an encrypted keystore; asked for also when there is no other source. */
    public Passphrase known(final WalletConfig config) {
        final Passphrase found =
                config.passphraseSource() == WalletConfig.PassphraseSource.NONE
                        ? typed(QUESTION)
                        : find(config);
        if (found == null) {
            throw new NodeRefused(NONE_FOUND);
        }
        return found;
    }

    /**
     * The passphrase for a keystore that has none yet: asked for twice if somebody types it, also
     * when the configuration names no source.
     *
     * @throws NodeRefused if there is none, or both are not the same
     */
    public Passphrase choose(final WalletConfig config) {
        final boolean asks =
                switch (config.passphraseSource()) {
                    case FILE, ENVIRONMENT -> false;
                    case NONE, PROMPT -> true;
                };
        final Passphrase first = asks ? typed(QUESTION) : find(config);
        if (first == null) {
            throw new NodeRefused(NONE_FOUND);
        }
        if (asks) {
            try (Passphrase second = typed(AGAIN)) {
                if (second == null || !first.matches(second)) {
                    first.close();
                    throw new NodeRefused("expected the same passphrase twice");
                }
            }
        }
        return first;
    }

    private static @Nullable Passphrase ofFile(final Path file) {
        if (!Files.exists(file)) {
            return null;
        }
        final byte[] content;
        try {
            content = SecretFile.read(file);
        } catch (final IOException e) {
            throw new NodeRefused("cannot read the passphrase: " + e.getMessage());
        }
        try {
            return Passphrase.ofFile(content);
        } catch (final MalformedValue e) {
            throw new NodeRefused(file + ": " + e.getMessage());
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private @Nullable Passphrase ofVariable() {
        final String value = environment.getOrDefault(WalletConfig.PASSPHRASE_VARIABLE, "");
        return value.isEmpty() ? null : of(value.toCharArray());
    }

    private @Nullable Passphrase typed(final String question) {
        final char[] characters = terminal.apply(question);
        return characters == null || characters.length == 0 ? null : of(characters);
    }

    private static Passphrase of(final char[] characters) {
        try {
            return Passphrase.of(characters);
        } catch (final MalformedValue e) {
            throw new NodeRefused(String.valueOf(e.getMessage()));
        } finally {
            Arrays.fill(characters, '\0');
        }
    }
}
