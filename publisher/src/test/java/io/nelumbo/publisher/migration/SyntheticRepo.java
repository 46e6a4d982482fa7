package io.nelumbo.publisher.migration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A repo as a Lotus full node leaves it, with whatever a test puts in. */
public final class SyntheticRepo {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final Path root;

    private SyntheticRepo(final Path root) {
        this.root = root;
    }

    /** Makes one, as empty as Lotus makes it. */
    public static SyntheticRepo make(final Path root) throws IOException {
        Files.createDirectories(root.resolve("keystore"));
        Files.createDirectory(root.resolve("datastore"));
        Files.createFile(root.resolve("repo.lock"));
        Files.writeString(root.resolve("token"), "eyJ…");
        return new SyntheticRepo(root);
    }

    public Path root() {
        return root;
    }

    /** Writes its config.toml. */
    public SyntheticRepo config(final String toml) throws IOException {
        Files.writeString(root.resolve("config.toml"), toml);
        return this;
    }

    /** Writes an entry of its keystore. */
    public SyntheticRepo entry(final String name, final String type, final byte[] privateKey)
            throws IOException {
        return file(
                base32(name),
                "{\"Type\":\"%s\",\"PrivateKey\":\"%s\"}"
                        .formatted(type, Base64.getEncoder().encodeToString(privateKey)));
    }

    /** Writes any file into its keystore. */
    public SyntheticRepo file(final String name, final String content) throws IOException {
        final Path file = keystore().resolve(name);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return this;
    }

    public Path keystore() {
        return root.resolve("keystore");
    }

    /** The file of an entry. */
    public Path fileOf(final String name) {
        return keystore().resolve(base32(name));
    }

    /** Everything that a write to it would change: names, modes, times, contents. */
    public Map<String, String> state() throws IOException {
        final Map<String, String> state = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (final Path path : tree.toList()) {
                state.put(
                        path.toString(),
                        Files.readAttributes(
                                        path,
                                        "unix:mode,size,lastModifiedTime,ctime,ino,nlink",
                                        LinkOption.NOFOLLOW_LINKS)
                                .toString());
            }
        }
        return state;
    }

    /** RFC 4648 in capitals, without padding. */
    public static String base32(final String name) {
        final StringBuilder text = new StringBuilder();
        int pending = 0;
        int bits = 0;
        for (final byte b : name.getBytes(StandardCharsets.UTF_8)) {
            pending = (pending << 8 | (b & 0xff)) & 0xffff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(ALPHABET.charAt(pending >>> bits & 31));
            }
        }
        return bits == 0
                ? text.toString()
                : text.append(ALPHABET.charAt(pending << (5 - bits) & 31)).toString();
    }
}
