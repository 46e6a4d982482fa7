package io.nelumbo.publisher.wallet;

import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.FilecoinSigner;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.Secp256k1Key;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that this node signs with. They are read once, when it is opened: a key that another
 * process adds to the folder is seen after a restart. Any thread; changes are durable on return and
 * take effect one at a time. What touches the disk throws {@link KeystoreFailure}.
 */
public final class Wallet {
    private final Keystore keystore;
    private final ConcurrentMap<FilecoinAddress, Secp256k1Key> keys;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable FilecoinAddress defaultAddress;

    private Wallet(
            final Keystore keystore,
            final ConcurrentMap<FilecoinAddress, Secp256k1Key> keys,
            final @Nullable FilecoinAddress defaultAddress) {
        this.keystore = keystore;
        this.keys = keys;
        this.defaultAddress = defaultAddress;
    }

    /** Opens the keystore in a folder, and makes it (mode 0700) if it is not there. */
    public static Wallet open(final Path folder) {
        final Keystore keystore = Keystore.open(folder);
        final ConcurrentMap<FilecoinAddress, Secp256k1Key> keys = new ConcurrentHashMap<>();
        keystore.load().forEach(key -> keys.put(key.address(), key));
        final FilecoinAddress defaultAddress = keystore.defaultAddress();
        final boolean known = defaultAddress != null && keys.containsKey(defaultAddress);
        return new Wallet(keystore, keys, known ? defaultAddress : null);
    }

    /**
     * Binds a message to its sender's key, ready for a nonce. The message's own nonce does not
     * matter. Touches no disk.
     */
    public Drafting draft(final FilecoinMessage message) {
        final Secp256k1Key key = keys.get(message.from());
        return key == null
                ? new Drafting.UnknownKey(message.from())
                : new Drafting.Drafted(FilecoinDraft.of(message, key));
    }

    /** What signs for an address, or null if its key is not here. */
    public @Nullable FilecoinSigner signer(final FilecoinAddress address) {
        return keys.get(address);
    }

    /** The addresses whose keys are here, in the order of their text. */
    public List<FilecoinAddress> addresses() {
        return keys.keySet().stream()
                .sorted(Comparator.comparing(FilecoinAddress::toString))
                .toList();
    }

    /** Whether the key of an address is here. */
    public boolean has(final FilecoinAddress address) {
        return keys.containsKey(address);
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

    /** Makes a key; throws {@link MalformedValue} for a type that this version cannot sign with. */
    public synchronized FilecoinAddress create(final SignatureType type) {
        checkSupported(type);
        return add(Secp256k1Key.random(random));
    }

    /**
     * Takes a key in; nothing happens if it is here already. Throws {@link MalformedValue} when it
     * is none, or of a type that this version cannot sign with.
     */
    public synchronized FilecoinAddress importKey(final ExportedKey key) {
        return add(key(key));
    }

    /** The secret behind an address, or null if it is not here. */
    public @Nullable ExportedKey exportKey(final FilecoinAddress address) {
        final Secp256k1Key key = keys.get(address);
        return key == null ? null : new ExportedKey(SignatureType.SECP256K1, key.privateKey());
    }

    static Secp256k1Key key(final ExportedKey exported) {
        checkSupported(exported.type());
        return Secp256k1Key.of(exported.privateKey());
    }

    private FilecoinAddress add(final Secp256k1Key key) {
        keystore.store(key);
        keys.put(key.address(), key);
        if (defaultAddress == null) {
            chooseDefault(key.address());
        }
        return key.address();
    }

    private static void checkSupported(final SignatureType type) {
        if (type != SignatureType.SECP256K1) {
            throw MalformedValue.expected(
                    "key type", "secp256k1, the only one so far,", type.keyName());
        }
    }
}
