package io.nelumbo.publisher.wallet;

import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.FilecoinSigner;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys that this node signs with. They are read once, when it is opened: a key that another
 * process adds to the folder is seen after a restart. Any thread; changes are durable on return and
 * take effect one at a time. What touches the disk throws {@link KeystoreFailure}.
 *
 * <p>A wallet of encrypted keys that was opened without their passphrase is locked: it knows their
 * addresses, and neither signs with them, nor exports them, nor takes new ones in.
 */
public final class Wallet implements AutoCloseable {
    /** How to unlock a keystore. */
    public static final String WAY_OUT =
            "set [Wallet] PassphraseSource to where the node finds its passphrase, and restart it";

    private final Keystore keystore;
    private final KeyRing keys;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable FilecoinAddress defaultAddress;

    private Wallet(
            final Keystore keystore,
            final KeyRing keys,
            final @Nullable FilecoinAddress defaultAddress) {
        this.keystore = keystore;
        this.keys = keys;
        this.defaultAddress = defaultAddress;
    }

    /**
     * Opens the keystore in a folder without a passphrase, and makes it (mode 0700) if it is not
     * there. New keys are not encrypted.
     */
    public static Wallet open(final Path folder) {
        return open(folder, null, ScryptCost.STANDARD);
    }

    /**
     * Opens the keystore in a folder, and makes it (mode 0700) if it is not there. With a
     * passphrase new keys are encrypted, and those that are must open by it: a wrong one is a
     * {@link KeystoreFailure}. That takes a second and 256 MiB. The caller closes the passphrase.
     */
    public static Wallet open(final Path folder, final @Nullable Passphrase passphrase) {
        return open(folder, passphrase, ScryptCost.STANDARD);
    }

    static Wallet open(
            final Path folder, final @Nullable Passphrase passphrase, final ScryptCost cost) {
        final Keystore keystore = Keystore.open(folder);
        final KeyRing keys = KeyRing.open(keystore.load(), passphrase, cost);
        final FilecoinAddress defaultAddress = keystore.defaultAddress();
        final boolean known = defaultAddress != null && keys.has(defaultAddress);
        return new Wallet(keystore, keys, known ? defaultAddress : null);
    }

    /**
     * Binds a message to its sender's key, ready for a nonce. The message's own nonce does not
     * matter. Touches no disk.
     *
     * @param network what the message is for, or null while nobody knows: then delegated accounts
     *     have to wait, because they sign for one network
     */
    public Drafting draft(final FilecoinMessage message, final @Nullable Network network) {
        final String sender = message.from().text(network == null ? Network.MAINNET : network);
        final FilecoinKey key = keys.key(message.from());
        if (key == null) {
            return new Drafting.Refused(
                    keys.isLocked(message.from())
                            ? lockedText(sender)
                            : "wallet: key for " + sender + " not found");
        }
        if (key.type() != SignatureType.DELEGATED) {
            return new Drafting.Drafted(FilecoinDraft.of(message, key));
        }
        if (network == null) {
            return new Drafting.Refused(
                    "wallet: cannot sign for "
                            + sender
                            + " yet: it signs for one network, and no upstream has said which this"
                            + " is; try again when one is reachable");
        }
        try {
            return new Drafting.Drafted(FilecoinDraft.of(message, key, network));
        } catch (final MalformedValue untranslatable) {
            return new Drafting.Refused(
                    "wallet: cannot sign for " + sender + ": " + untranslatable.getMessage());
        }
    }

    /**
     * What signs for an address, or null if its key is not here. Throws {@link KeystoreFailure} if
     * it is locked.
     */
    public @Nullable FilecoinSigner signer(final FilecoinAddress address) {
        return unlocked(address);
    }

    /** The addresses whose keys are here, locked or not, in the order of their text. */
    public List<FilecoinAddress> addresses() {
        return Stream.concat(keys.unlocked().stream(), keys.locked().stream())
                .sorted(Comparator.comparing(FilecoinAddress::toString))
                .toList();
    }

    /** Whether the key of an address is here, locked or not. */
    public boolean has(final FilecoinAddress address) {
        return keys.has(address);
    }

    /** Whether there are keys here that want a passphrase. */
    public boolean isLocked() {
        return !keys.locked().isEmpty();
    }

    /** How many keys are protected by the mode of their file only. */
    public int unencryptedKeys() {
        return keys.plain().size();
    }

    /** The address to send from when nobody says which: the first one, or the one chosen. */
    public @Nullable FilecoinAddress defaultAddress() {
        return defaultAddress;
    }

    /** Chooses the default address; false, and nothing changed, if its key is not here. */
    public synchronized boolean chooseDefault(final FilecoinAddress address) {
        if (!has(address)) {
            return false;
        }
        keystore.defaultAddress(address);
        defaultAddress = address;
        return true;
    }

    /** Makes a key. */
    public synchronized FilecoinAddress create(final SignatureType type) {
        checkUnlocked();
        return add(FilecoinKey.random(type, random), "made");
    }

    /**
     * Takes a key in; nothing happens if it is here already. Throws {@link MalformedValue} when it
     * is none.
     */
    public synchronized FilecoinAddress importKey(final ExportedKey key) {
        checkUnlocked();
        return add(FilecoinKey.of(key), "imported");
    }

    /**
     * The secret behind an address, or null if it is not here. Throws {@link KeystoreFailure} if it
     * is locked, or taken out of use at this moment.
     */
    public @Nullable ExportedKey exportKey(final FilecoinAddress address) {
        final FilecoinKey key = unlocked(address);
        if (key == null) {
            return null;
        }
        try {
            return new ExportedKey(key.type(), key.privateKey());
        } catch (final IllegalStateException wiped) {
            throw new KeystoreFailure(
                    "wallet: the key for "
                            + address
                            + " is being deleted, or this node stops; nothing was exported, try"
                            + " again",
                    wiped);
        }
    }

    /**
     * Takes a key out of use, locked or not; false, and nothing changed, if it is not here. Its
     * file stays in the folder as {@code .deleted-f….key}, encrypted if it was: a mistake can be
     * undone by renaming it, and whoever wants it gone removes it.
     *
     * @param checkUnused throws if the account still needs the key, which then stays. Asked before
     *     anything happens, and again when the key no longer signs. It cannot see what was signed
     *     by then and is not in the ledger yet
     */
    public synchronized boolean delete(final FilecoinAddress address, final Runnable checkUnused) {
        checkUnused.run();
        if (!has(address)) {
            return false;
        }
        final KeyRing.Removed removed = keys.remove(address);
        try {
            checkUnused.run();
            keystore.setAside(address);
        } catch (final RuntimeException stays) {
            keys.putBack(removed);
            throw stays;
        }
        removed.wipe();
        if (address.equals(defaultAddress)) {
            defaultAddress = null;
            try {
                keystore.forgetDefault();
            } catch (final KeystoreFailure undone) {
                throw onlyTheDefault(address, "deleted", "forgotten", undone);
            }
        }
        return true;
    }

    /**
     * Encrypts the keys that are not, each in its place; how many. Durable on return. The blocks of
     * the disk that held them in the clear are not wiped. Throws {@link KeystoreFailure} without a
     * passphrase.
     */
    public synchronized int encrypt() {
        checkUnlocked();
        final List<FilecoinKey> plain = keys.plain();
        for (final FilecoinKey key : plain) {
            keystore.replace(new StoredKey.Sealed(keys.seal(key, random)));
            keys.noteSealed(key.address());
        }
        return plain.size();
    }

    /** Wipes the keys: nothing is signed from now on. */
    @Override
    public synchronized void close() {
        keys.wipe();
    }

    @Override
    public String toString() {
        return "Wallet[" + addresses().size() + " keys]";
    }

    private @Nullable FilecoinKey unlocked(final FilecoinAddress address) {
        if (keys.isLocked(address)) {
            throw new KeystoreFailure(lockedText(address.toString()));
        }
        return keys.key(address);
    }

    private void checkUnlocked() {
        if (isLocked()) {
            throw new KeystoreFailure(
                    "the keystore " + keystore.folder() + " is locked: " + WAY_OUT);
        }
    }

    private FilecoinAddress add(final FilecoinKey key, final String done) {
        keystore.store(
                keys.seals()
                        ? new StoredKey.Sealed(keys.seal(key, random))
                        : new StoredKey.Plain(key));
        keys.add(key);
        if (defaultAddress == null) {
            try {
                chooseDefault(key.address());
            } catch (final KeystoreFailure undone) {
                throw onlyTheDefault(key.address(), done, "written", undone);
            }
        }
        return key.address();
    }

    /** A key that is what was asked for, although the file of the default address is not. */
    private static KeystoreFailure onlyTheDefault(
            final FilecoinAddress address,
            final String done,
            final String undone,
            final KeystoreFailure cause) {
        return new KeystoreFailure(
                "the key "
                        + address
                        + " was "
                        + done
                        + "; only the default could not be "
                        + undone
                        + ": "
                        + cause.getMessage()
                        + "; choose a default when that is mended",
                cause);
    }

    private static String lockedText(final String address) {
        return "wallet: the key for " + address + " is locked: " + WAY_OUT;
    }
}
