package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.config.WalletConfig;
import io.nelumbo.config.WalletConfig.PassphraseSource;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.node.NodeRefused;
import io.nelumbo.publisher.node.PassphraseDesk;
import io.nelumbo.publisher.wallet.KeyText;
import io.nelumbo.publisher.wallet.KeystoreFailure;
import io.nelumbo.publisher.wallet.Passphrase;
import io.nelumbo.publisher.wallet.Wallet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nelumbo wallet}: works on the folder's keystore; a running node reads it at its start. */
final class WalletCommands {
    private WalletCommands() {}

    static CommandLine group(final Session session) {
        return Group.of(
                "wallet",
                "The keys in this node's keystore. Every node of a cluster needs the same; a node"
                        + " reads them when it starts.",
                new New(session),
                new ListOf(session),
                new Import(session),
                new Export(session),
                new Encrypt(session));
    }

    /** Works with the keystore, opened with what the configuration says is its passphrase. */
    private static <T> T unlocked(final Session session, final Function<Wallet, T> work) {
        final WalletConfig config = session.config().wallet();
        return opened(config, session.passphrases()::find, work);
    }

    /** The same for a command that writes keys: a new passphrase is asked for twice. */
    private static <T> T writing(final Session session, final Function<Wallet, T> work) {
        final WalletConfig config = session.config().wallet();
        final boolean fresh =
                config.passphraseSource() == PassphraseSource.PROMPT && !isEncrypted(config);
        final PassphraseDesk desk = session.passphrases();
        return opened(config, fresh ? desk::choose : desk::find, work);
    }

    private static boolean isEncrypted(final WalletConfig config) {
        return opened(config, none -> null, Wallet::isLocked);
    }

    private static <T> T opened(
            final WalletConfig config,
            final Function<WalletConfig, @Nullable Passphrase> passphrases,
            final Function<Wallet, T> work) {
        try (Passphrase passphrase = passphrases.apply(config);
                Wallet wallet = Wallet.open(config.folder(), passphrase)) {
            return work.apply(wallet);
        } catch (final KeystoreFailure e) {
            throw new CommandFailure(ExitCodes.UNUSABLE_FOLDER, String.valueOf(e.getMessage()));
        } catch (final NodeRefused e) {
            throw new CommandFailure(ExitCodes.UNUSABLE_FOLDER, e.reason());
        }
    }

    private static void noteUnencrypted(final Session session, final Wallet wallet) {
        if (wallet.unencryptedKeys() > 0) {
            session.note(
                    "nelumbo: "
                            + wallet.unencryptedKeys()
                            + " keys are not encrypted; `nelumbo wallet encrypt` does it");
        }
    }

    private static int answerAddress(final Session session, final FilecoinAddress address) {
        session.answer(address.toString(), Session.object().put("address", address.toString()));
        return ExitCodes.OK;
    }

    /** {@code nelumbo wallet new}. */
    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description = "Makes a key and prints its address.")
    static final class New implements Callable<Integer> {
        private final Session session;

        @Parameters(
                arity = "0..1",
                paramLabel = "TYPE",
                defaultValue = "secp256k1",
                description =
                        "secp256k1 (f1…), bls (f3…) or delegated (f410f…). Default: secp256k1.")
        private String type = "secp256k1";

        New(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            final SignatureType wanted;
            try {
                wanted = SignatureType.ofKeyName(type);
            } catch (final MalformedValue e) {
                throw new CommandFailure(ExitCodes.USAGE, String.valueOf(e.getMessage()));
            }
            final FilecoinAddress made =
                    writing(
                            session,
                            wallet -> {
                                final FilecoinAddress address = wallet.create(wanted);
                                noteUnencrypted(session, wallet);
                                return address;
                            });
            return answerAddress(session, made);
        }
    }

    /** {@code nelumbo wallet list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the addresses whose keys are here; * marks the default.")
    static final class ListOf implements Callable<Integer> {
        private final Session session;

        ListOf(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            // Addresses are no secret: nobody has to type anything to see them.
            return opened(session.config().wallet(), none -> null, this::answer);
        }

        private int answer(final Wallet wallet) {
            final FilecoinAddress chosen = wallet.defaultAddress();
            final ObjectNode json =
                    Session.object().put("default", chosen == null ? null : chosen.toString());
            final ArrayNode list = json.putArray("addresses");
            final List<String> lines = new ArrayList<>();
            for (final FilecoinAddress address : wallet.addresses()) {
                list.add(address.toString());
                lines.add(address + (address.equals(chosen) ? " *" : ""));
            }
            session.answer(lines.isEmpty() ? "no keys" : String.join("\n", lines), json);
            return ExitCodes.OK;
        }
    }

    /** {@code nelumbo wallet import}. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = {
                "Takes a key in, as `lotus wallet export` or `nelumbo wallet export` printed it,"
                        + " and prints its address."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  lotus wallet export f1… | nelumbo wallet import",
                "  nelumbo wallet import key.txt"
            })
    static final class Import implements Callable<Integer> {
        private static final int MAX_BYTES = 64 * 1024;

        private final Session session;

        @Parameters(
                arity = "0..1",
                paramLabel = "FILE",
                description = "The exported key. Default: standard input.")
        private @Nullable Path file;

        Import(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws IOException {
            final byte[] exported;
            try (InputStream in = file == null ? session.in() : Files.newInputStream(file)) {
                exported = in.readNBytes(MAX_BYTES);
            }
            try {
                return answerAddress(session, taken(exported));
            } catch (final MalformedValue e) {
                throw new CommandFailure(ExitCodes.BAD_ANSWER, String.valueOf(e.getMessage()));
            }
        }

        private FilecoinAddress taken(final byte[] exported) {
            final ExportedKey key = KeyText.parse(new String(exported, StandardCharsets.UTF_8));
            try {
                return writing(
                        session,
                        wallet -> {
                            final FilecoinAddress address = wallet.importKey(key);
                            noteUnencrypted(session, wallet);
                            return address;
                        });
            } finally {
                Arrays.fill(exported, (byte) 0);
                Arrays.fill(key.privateKey(), (byte) 0);
            }
        }
    }

    /** {@code nelumbo wallet export}. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Prints a private key in the clear, as Lotus imports it. Whoever reads it owns the"
                        + " account."
            })
    static final class Export implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ADDRESS", description = "The account.")
        private @Nullable FilecoinAddress address;

        Export(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            final FilecoinAddress wanted = Objects.requireNonNull(address, "a required parameter");
            final String hex =
                    unlocked(
                            session,
                            wallet -> {
                                final ExportedKey key = wallet.exportKey(wanted);
                                return key == null ? "" : KeyText.hex(key);
                            });
            if (hex.isEmpty()) {
                throw new CommandFailure(
                        ExitCodes.BAD_ANSWER, "the key of " + wanted + " is not here");
            }
            session.answer(hex, Session.object().put("address", wanted.toString()).put("key", hex));
            return ExitCodes.OK;
        }
    }

    /** {@code nelumbo wallet encrypt}. */
    @Command(
            name = "encrypt",
            mixinStandardHelpOptions = true,
            description = {
                "Encrypts the keys that are not encrypted yet, in their place, with the passphrase"
                        + " that [Wallet] PassphraseSource names, or with one that you type. The"
                        + " former content may be left in free blocks of the disk."
            })
    static final class Encrypt implements Callable<Integer> {
        private final Session session;

        Encrypt(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            final WalletConfig config = session.config().wallet();
            final PassphraseDesk desk = session.passphrases();
            // A keystore has one passphrase: what opens the encrypted keys locks the others.
            final int encrypted =
                    opened(
                            config,
                            isEncrypted(config) ? desk::known : desk::choose,
                            Wallet::encrypt);
            session.answer(
                    "encrypted " + encrypted + " keys",
                    Session.object().put("encrypted", encrypted));
            if (config.passphraseSource() == PassphraseSource.NONE) {
                session.note("nelumbo: nodes start locked until you " + Wallet.WAY_OUT);
            }
            return ExitCodes.OK;
        }
    }
}
