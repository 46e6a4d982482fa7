package io.nelumbo.publisher.wallet;

import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.statemachine.identity.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder of keys: {@code f….key} holds the key of that address, encrypted or as {@code KeyInfo};
 * {@code default} the address that is used when nobody says which. The folder is for its owner only
 * (0700), each file too (0600); whatever is laxer is refused. Files are written whole or not at
 * all; names that start with a dot are what a crash left of a write, or keys that were deleted
 * ({@code .deleted-f….key}), and are passed over. The caller serialises writes.
 */
final class Keystore {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");
    private static final String KEY_SUFFIX = ".key";
    private static final String DELETED_PREFIX = ".deleted-";
    private static final String DEFAULT = "default";
    private static final int MAX_KEYS = 65_536;

    private final Path folder;
    private final FolderForce disk;

    private Keystore(final Path folder, final FolderForce disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Opens a folder, and makes it if it is not there. */
    static Keystore open(final Path folder) {
        return open(folder, SecretFile::forceFolder);
    }

    /**
     * The same.
     *
     * @param disk what makes names durable that an earlier try has left
     */
    static Keystore open(final Path folder, final FolderForce disk) {
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
            if (!OWNER_ONLY.containsAll(permissions)) {
                throw new KeystoreFailure(
                        "expected the keystore "
                                + folder
                                + " to be for its owner only (chmod 700) but was "
                                + PosixFilePermissions.toString(permissions));
            }
        } catch (final IOException e) {
            throw new KeystoreFailure("cannot open the keystore " + folder + ": " + e, e);
        }
        return new Keystore(folder, disk);
    }

    Path folder() {
        return folder;
    }

    /** All keys; one bad file fails the whole, so that no account is silently missing. */
    List<StoredKey> load() {
        final List<StoredKey> keys = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (final Path file : files) {
                final String name = String.valueOf(file.getFileName());
                if (name.startsWith(".") || name.equals(DEFAULT)) {
                    continue;
                }
                if (keys.size() == MAX_KEYS) {
                    throw new KeystoreFailure(
                            "expected at most " + MAX_KEYS + " keys in " + folder);
                }
                keys.add(load(file, name));
            }
        } catch (final IOException e) {
            throw new KeystoreFailure("cannot read the keystore " + folder + ": " + e, e);
        }
        return keys;
    }

    /** Keeps a key; durable on return, also when it is there already. */
    void store(final StoredKey key) {
        final Path file = file(key.address());
        if (!Files.exists(file)) {
            write(file, key, SecretFile::create);
            return;
        }
        try {
            // It may be here from a try that failed after this name was made, before it was
            // durable.
            disk.force(folder);
        } catch (final IOException e) {
            throw new KeystoreFailure("cannot make the key file " + file + " durable: " + e, e);
        }
    }

    /** Puts a key in the place of the same key in another form; durable on return. */
    void replace(final StoredKey key) {
        write(file(key.address()), key, SecretFile::replace);
    }

    /**
     * Takes a key out of use, as it is stored: a person finds its file beside the others under
     * another name. Durable on return, also when a try before has come as far as the name.
     */
    void setAside(final FilecoinAddress address) {
        final Path file = file(address);
        final Path aside = folder.resolve(DELETED_PREFIX + file.getFileName());
        try {
            if (!Files.exists(file) && Files.exists(aside)) {
                disk.force(folder);
            } else {
                SecretFile.rename(file, aside);
            }
        } catch (final IOException e) {
            throw new KeystoreFailure("cannot set the key file " + file + " aside: " + e, e);
        }
    }

    @Nullable FilecoinAddress defaultAddress() {
        final Path file = folder.resolve(DEFAULT);
        try {
            if (!Files.exists(file)) {
                return null;
            }
            final String text = new String(SecretFile.read(file), StandardCharsets.UTF_8);
            return FilecoinAddress.parse(text.strip());
        } catch (final IOException | MalformedValue e) {
            throw new KeystoreFailure("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Remembers the default address; durable on return. */
    void defaultAddress(final FilecoinAddress address) {
        final Path file = folder.resolve(DEFAULT);
        try {
            SecretFile.replace(file, (address + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new KeystoreFailure("cannot write " + file + ": " + e, e);
        }
    }

    /** Forgets the default address; durable on return. */
    void forgetDefault() {
        final Path file = folder.resolve(DEFAULT);
        try {
            SecretFile.remove(file);
        } catch (final IOException e) {
            throw new KeystoreFailure("cannot remove " + file + ": " + e, e);
        }
    }

    private Path file(final FilecoinAddress address) {
        return folder.resolve(address + KEY_SUFFIX);
    }

    private static void write(final Path file, final StoredKey key, final Writing writing) {
        final byte[] json = key.json();
        try {
            writing.write(file, json);
        } catch (final IOException e) {
            throw new KeystoreFailure("cannot write the key file " + file + ": " + e, e);
        } finally {
            Arrays.fill(json, (byte) 0);
        }
    }

    private static StoredKey load(final Path file, final String name) throws IOException {
        if (!name.endsWith(KEY_SUFFIX)) {
            throw new KeystoreFailure(
                    "expected only key files (*"
                            + KEY_SUFFIX
                            + ") in the keystore but found "
                            + file);
        }
        final byte[] content;
        try {
            content = SecretFile.read(file);
        } catch (final IOException e) {
            throw new KeystoreFailure("cannot read the key file: " + e.getMessage(), e);
        }
        try {
            final StoredKey key = StoredKey.parse(content);
            if (!name.equals(key.address() + KEY_SUFFIX)) {
                throw new KeystoreFailure(
                        "expected "
                                + file
                                + " to hold the key in its name but was the key of "
                                + key.address());
            }
            return key;
        } catch (final MalformedValue e) {
            throw new KeystoreFailure("no key in " + file + ": " + e.getMessage(), e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** How the names in a folder become durable. */
    interface FolderForce {
        void force(Path folder) throws IOException;
    }

    /** How a file comes to be. */
    private interface Writing {
        void write(Path file, byte[] content) throws IOException;
    }
}
