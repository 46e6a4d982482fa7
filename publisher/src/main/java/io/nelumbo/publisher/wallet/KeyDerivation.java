package io.nelumbo.publisher.wallet;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * How a passphrase is turned into a key: scrypt's cost and salt. The files of one keystore share
 * theirs, so that opening it costs one derivation and not one for each key. Immutable as long as
 * nobody writes into the salt.
 */
record KeyDerivation(ScryptCost cost, byte[] salt) {
    static final int SALT_BYTES = 32;

    static KeyDerivation random(final ScryptCost cost, final SecureRandom random) {
        final byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new KeyDerivation(cost, salt);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof KeyDerivation that
                && cost.equals(that.cost)
                && Arrays.equals(salt, that.salt);
    }

    @Override
    public int hashCode() {
        return 31 * cost.hashCode() + Arrays.hashCode(salt);
    }
}
