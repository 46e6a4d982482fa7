package io.nelumbo.publisher.migration;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.nelumbo.config.ConfigError;
import io.nelumbo.config.LotusConfig;
import io.nelumbo.publisher.migration.RepoFile.BadFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Reads the repo of a Lotus full node and writes nothing into it. Stateless.
 *
 * <p>Reading is safe while that Lotus runs: its configuration and keys are small files that it
 * writes at once and never changes by itself. The worst case is a key that is just being written:
 * that one is named as damaged, and is whole when the repo is read again.
 */
public final class LotusRepo {
    private static final int MAX_CONFIG_BYTES = 256 * 1024;
    private static final int MAX_KEY_BYTES = 64 * 1024;
    private static final int MAX_KEYS = 65_536;
    private static final String LOTUS_VARIABLE = "LOTUS_";

    private LotusRepo() {}

    /**
     * Reads a repo; the caller closes what was found. What is damaged is among its findings, all of
     * it at once.
     *
     * @param repo the folder, or a link to it
     * @param environment as of {@link System#getenv()}, where Lotus may have been configured too
     * @throws NoRepo if there is none
     */
    public static LotusHeritage read(final Path repo, final Map<String, String> environment)
            throws NoRepo {
        final Path root = rootOf(repo);
        final Findings findings = new Findings();
        final LotusHeritage.Builder heritage = new LotusHeritage.Builder(findings);
        readConfig(root, findings, heritage);
        readKeystore(root.resolve("keystore"), findings, heritage);
        for (final String variable : environment.keySet()) {
            if (variable.startsWith(LOTUS_VARIABLE) && variable.indexOf('_', 6) > 0) {
                findings.warn(
                        variable
                                + " is set and is not read here: the variables of this node begin"
                                + " with NELUMBO_");
            }
        }
        if (RepoLock.isHeld(root)) {
            findings.warn(
                    "a Lotus daemon runs on "
                            + root
                            + ": what it is told from now on is not taken. It may go on as a chain"
                            + " node, but at other addresses than the ones taken here, and nobody"
                            + " may push by it from these accounts any more");
        }
        return heritage.build();
    }

    private static Path rootOf(final Path repo) throws NoRepo {
        final Path root;
        try {
            root = repo.toRealPath();
        } catch (final IOException e) {
            throw new NoRepo("expected a Lotus repo in " + repo + " but cannot read it: " + e);
        }
        if (!Files.isDirectory(root.resolve("keystore"), NOFOLLOW_LINKS)) {
            throw new NoRepo(
                    "expected a Lotus repo in "
                            + root
                            + " but it has no folder \"keystore\" (a link to one does not count):"
                            + " name the folder that LOTUS_PATH names");
        }
        return root;
    }

    private static void readConfig(
            final Path root, final Findings findings, final LotusHeritage.Builder heritage) {
        final Path file = root.resolve("config.toml");
        if (!Files.exists(file, NOFOLLOW_LINKS)) {
            findings.leave("config.toml", "there is none; every key here has its default");
            return;
        }
        final LotusConfig config;
        try {
            config = LotusConfig.read(file.toString(), text(file), root);
        } catch (final BadFile e) {
            findings.bad(file.toString(), e.wrong(), e.fix());
            return;
        }
        config.taken().forEach(value -> findings.take(value.key(), value.toml()));
        config.left().forEach(value -> findings.leave(value.key(), value.why()));
        config.wrong().forEach(error -> findings.bad(place(error), error.wrong(), right(error)));
        heritage.config(config);
    }

    private static String place(final ConfigError error) {
        return error.source()
                + (error.line() > 0 ? ":" + error.line() : "")
                + (error.key().isEmpty() ? "" : ": " + error.key());
    }

    private static String right(final ConfigError error) {
        return "expected " + error.right();
    }

    private static String text(final Path file) throws BadFile {
        final byte[] bytes = RepoFile.read(file, MAX_CONFIG_BYTES);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (final CharacterCodingException e) {
            throw new BadFile("is not UTF-8", "save it as UTF-8");
        }
    }

    private static void readKeystore(
            final Path keystore, final Findings findings, final LotusHeritage.Builder heritage)
            throws NoRepo {
        final KeystoreReader reader = new KeystoreReader(findings, heritage);
        for (final Path file : files(keystore).values()) {
            try {
                reader.read(file, MAX_KEY_BYTES);
            } catch (final BadFile e) {
                findings.bad(file.toString(), e.wrong(), e.fix());
            }
        }
        reader.finish();
    }

    /** In the order of their names, so that two readings tell the same. */
    private static Map<String, Path> files(final Path keystore) throws NoRepo {
        final Map<String, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(keystore)) {
            for (final Path file : stream) {
                if (files.size() == MAX_KEYS) {
                    throw new NoRepo("expected at most " + MAX_KEYS + " files in " + keystore);
                }
                files.put(Objects.requireNonNull(file.getFileName()).toString(), file);
            }
        } catch (final IOException e) {
            throw new NoRepo("cannot read " + keystore + ": " + e);
        }
        return files;
    }

    /** There is no repo that could be read; says what would be right. */
    public static final class NoRepo extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        NoRepo(final String reason) {
            super(reason);
            this.reason = reason;
        }

        /** What the user reads. */
        public String reason() {
            return reason;
        }
    }
}
