package io.nelumbo.publisher.cli;

import io.nelumbo.config.ConfigError;
import io.nelumbo.config.ConfigLoader;
import io.nelumbo.config.ConfigOutcome;
import io.nelumbo.config.DefaultConfig;
import io.nelumbo.config.LotusConfig;
import io.nelumbo.config.WalletConfig;
import io.nelumbo.config.WalletConfig.PassphraseSource;
import io.nelumbo.publisher.migration.Findings;
import io.nelumbo.publisher.migration.LotusHeritage;
import io.nelumbo.publisher.migration.LotusRepo;
import io.nelumbo.publisher.node.Founding;
import io.nelumbo.publisher.node.NodeFolder;
import io.nelumbo.publisher.node.NodeInit;
import io.nelumbo.publisher.node.NodeRefused;
import io.nelumbo.publisher.wallet.KeystoreFailure;
import io.nelumbo.publisher.wallet.Passphrase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code nelumbo init --from-lotus}. Owned by the thread that runs the command. */
final class LotusTakeover {
    private final Session session;
    private final NodeFolder folder;
    private final boolean skipsBadFiles;

    LotusTakeover(final Session session, final NodeFolder folder, final boolean skipsBadFiles) {
        this.session = session;
        this.folder = folder;
        this.skipsBadFiles = skipsBadFiles;
    }

    /**
     * Makes the node and reports.
     *
     * @param configText what its configuration shall say instead of Lotus's, or null
     */
    int run(final Path repo, final @Nullable String configText) throws IOException {
        try (LotusHeritage heritage = LotusRepo.read(repo, session.environment())) {
            checkWhole(heritage.findings());
            final String text = configText == null ? config(heritage) : configText;
            final ConfigOutcome.Loaded loaded = loaded(text);
            final WalletConfig wallet = loaded.config().wallet();
            try (Passphrase passphrase = passphrase(wallet, heritage)) {
                final Founding founding =
                        new Founding(
                                text,
                                heritage.identity(),
                                heritage.tokenSecret(),
                                heritage.keys(),
                                passphrase);
                final NodeInit.Created made = InitCommand.made(NodeInit.init(folder, founding));
                final TakeoverReport report =
                        new TakeoverReport(folder, made.peerId(), heritage.findings());
                if (configText != null) {
                    report.configGiven();
                }
                if (passphrase == null && !heritage.keys().isEmpty()) {
                    report.keysInTheClear();
                }
                report.membership(loaded.membershipErrors(made.peerId()));
                session.answer(report.text(), report.json());
                return ExitCodes.OK;
            }
        } catch (final LotusRepo.NoRepo e) {
            throw unusable(e.reason());
        } catch (final NodeRefused e) {
            throw unusable(e.reason());
        } catch (final KeystoreFailure e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    private void checkWhole(final Findings findings) {
        if (findings.bad().isEmpty() || skipsBadFiles) {
            return;
        }
        final List<String> lines =
                findings.bad().stream().map(bad -> TakeoverReport.printable(bad.text())).toList();
        throw unusable(
                "no node was made, because of %d damaged parts of the Lotus repo:%n%s%nMend them, or leave them out with --skip-bad-files."
                        .formatted(lines.size(), String.join("\n", lines)));
    }

    private static String config(final LotusHeritage heritage) {
        final LotusConfig config = heritage.config();
        return config == null ? DefaultConfig.text() : config.toml();
    }

    /** The configuration as the daemon will read it, environment included. */
    private ConfigOutcome.Loaded loaded(final String text) {
        final ConfigOutcome outcome =
                ConfigLoader.load(
                        folder.configFile().toString(), text, folder.root(), session.environment());
        if (outcome instanceof ConfigOutcome.Refused refused) {
            throw unusable(
                    "no node was made, because its configuration would be wrong:\n"
                            + String.join(
                                    "\n",
                                    refused.errors().stream().map(ConfigError::text).toList()));
        }
        return (ConfigOutcome.Loaded) outcome;
    }

    /** Null leaves the keys unencrypted, which only a configuration without a source asks for. */
    private @Nullable Passphrase passphrase(
            final WalletConfig wallet, final LotusHeritage heritage) {
        if (!wallet.folder().equals(folder.keystoreFolder())) {
            throw unusable(
                    "expected the keystore in the node's folder, so that node and keys are made"
                            + " together, but [Wallet] Folder is "
                            + wallet.folder()
                            + ": leave it empty for now, and move the folder afterwards");
        }
        return wallet.passphraseSource() == PassphraseSource.NONE || heritage.keys().isEmpty()
                ? null
                : session.passphrases().choose(wallet);
    }

    private static CommandFailure unusable(final String reason) {
        return new CommandFailure(ExitCodes.UNUSABLE_FOLDER, reason);
    }
}
