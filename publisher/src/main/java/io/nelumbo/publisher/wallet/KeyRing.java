package io.nelumbo.publisher.wallet;

import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys in memory: those that can sign, the addresses of those that are locked, and what new ones
 * are encrypted with. Any thread reads; the caller serialises changes.
 */
final class KeyRing {
    private final ConcurrentMap<FilecoinAddress, FilecoinKey> keys = new ConcurrentHashMap<>();
    private final Set<FilecoinAddress> plain = ConcurrentHashMap.newKeySet();
    private final Set<FilecoinAddress> locked = ConcurrentHashMap.newKeySet();
    private final @Nullable SealingKey sealingKey;

    private KeyRing(final @Nullable SealingKey sealingKey) {
        this.sealingKey = sealingKey;
    }

    /** Opens what was stored: with a passphrase all of it, or {@link KeystoreFailure}. */
    static KeyRing open(
            final List<StoredKey> stored,
            final @Nullable Passphrase passphrase,
            final ScryptCost cost) {
        if (passphrase == null) {
            final KeyRing ring = new KeyRing(null);
            stored.forEach(key -> ring.take(key, null));
            return ring;
        }
        final Unlocking unlocking = new Unlocking(passphrase);
        final ConcurrentMap<FilecoinAddress, FilecoinKey> opened = new ConcurrentHashMap<>();
        for (final StoredKey key : stored) {
            if (key instanceof StoredKey.Sealed sealed) {
                opened.put(sealed.address(), unlocking.open(sealed.key()));
            }
        }
        final KeyRing ring = new KeyRing(unlocking.sealingKey(cost, new SecureRandom()));
        stored.forEach(key -> ring.take(key, opened.get(key.address())));
        return ring;
    }

    @Nullable FilecoinKey key(final FilecoinAddress address) {
        return keys.get(address);
    }

    boolean has(final FilecoinAddress address) {
        return keys.containsKey(address) || isLocked(address);
    }

    boolean isLocked(final FilecoinAddress address) {
        return locked.contains(address);
    }

    Set<FilecoinAddress> unlocked() {
        return keys.keySet();
    }

    Set<FilecoinAddress> locked() {
        return locked;
    }

    /** Those that are not encrypted. */
    List<FilecoinKey> plain() {
        return keys.values().stream().filter(key -> plain.contains(key.address())).toList();
    }

    /** Whether there is a passphrase to encrypt with. */
    boolean seals() {
        return sealingKey != null;
    }

    SealedKey seal(final FilecoinKey key, final SecureRandom random) {
        if (sealingKey == null) {
            throw new KeystoreFailure("expected a passphrase to encrypt with but there is none");
        }
        return sealingKey.seal(key, random);
    }

    /** Takes in a key that was just stored. */
    void add(final FilecoinKey key) {
        if (keys.putIfAbsent(key.address(), key) == null && sealingKey == null) {
            plain.add(key.address());
        }
    }

    /**
     * Forgets a key, and wipes it where it was in use: what was to be signed with it fails. What is
     * returned is another copy, to be put back or wiped.
     */
    Removed remove(final FilecoinAddress address) {
        final FilecoinKey key = keys.remove(address);
        final FilecoinKey copy = key == null ? null : copyOf(key);
        if (key != null) {
            key.wipe();
        }
        return new Removed(address, copy, plain.remove(address), locked.remove(address));
    }

    /** Makes {@link #remove} not have happened, but for what holds the former copy. */
    void putBack(final Removed removed) {
        if (removed.plain()) {
            plain.add(removed.address());
        }
        if (removed.locked()) {
            locked.add(removed.address());
        }
        if (removed.key() != null) {
            keys.put(removed.address(), removed.key());
        }
    }

    /** Notes that a key is encrypted now. */
    void noteSealed(final FilecoinAddress address) {
        plain.remove(address);
    }

    void wipe() {
        keys.values().forEach(FilecoinKey::wipe);
        if (sealingKey != null) {
            sealingKey.wipe();
        }
    }

    private static FilecoinKey copyOf(final FilecoinKey key) {
        final byte[] secret = key.privateKey();
        try {
            return FilecoinKey.of(new ExportedKey(key.type(), secret));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private void take(final StoredKey key, final @Nullable FilecoinKey opened) {
        if (key instanceof StoredKey.Plain inTheClear) {
            keys.put(key.address(), inTheClear.key());
            plain.add(key.address());
        } else if (opened == null) {
            locked.add(key.address());
        } else {
            keys.put(key.address(), opened);
        }
    }

    /**
     * A key that was taken out.
     *
     * @param key null if it was locked
     */
    record Removed(
            FilecoinAddress address, @Nullable FilecoinKey key, boolean plain, boolean locked) {
        void wipe() {
            if (key != null) {
                key.wipe();
            }
        }
    }
}
