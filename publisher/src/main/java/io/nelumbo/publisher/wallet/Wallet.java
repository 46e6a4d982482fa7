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
    private final ConcurrentMap<FilecoinAddress, FilecoinKey> keys;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable FilecoinAddress defaultAddress;

    private Wallet(
            final Keystore keystore,
            final ConcurrentMap<FilecoinAddress, FilecoinKey> keys,
            final @Nullable FilecoinAddress defaultAddress) {
        this.keystore = keystore;
        this.keys = keys;
        this.defaultAddress = defaultAddress;
    }

    /** Opens the keystore in a folder, and makes it (mode 0700) if it is not there. */
    public static Wallet open(final Path folder) {
        final Keystore keystore = Keystore.open(folder);
        final ConcurrentMap<FilecoinAddress, FilecoinKey> keys = new ConcurrentHashMap<>();
        keystore.load().forEach(key -> keys.put(key.address(), key));
        final FilecoinAddress defaultAddress = keystore.defaultAddress();
        final boolean known = defaultAddress != null && keys.containsKey(defaultAddress);
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
        final FilecoinKey key = keys.get(message.from());
        if (key == null) {
            return new Drafting.Refused("wallet: key for " + sender + " not found");
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

    /** Makes a key. */
    public synchronized FilecoinAddress create(final SignatureType type) {
        return add(FilecoinKey.random(type, random));
    }

    /**
     * Takes a key in; nothing happens if it is here already. Throws {@link MalformedValue} when it
     * is none.
     */
    public synchronized FilecoinAddress importKey(final ExportedKey key) {
        return add(FilecoinKey.of(key));
    }

    /** The secret behind an address, or null if it is not here. */
    public @Nullable ExportedKey exportKey(final FilecoinAddress address) {
        final FilecoinKey key = keys.get(address);
        return key == null ? null : new ExportedKey(key.type(), key.privateKey());
    }

    private FilecoinAddress add(final FilecoinKey key) {
        keystore.store(key);
        keys.put(key.address(), key);
        if (defaultAddress == null) {
            chooseDefault(key.address());
        }
        return key.address();
    }
}
