package io.nelumbo.publisher.chain;

import io.nelumbo.journal.event.ChainKind;
import java.util.Arrays;

/** An account's address in its chain's own bytes. The array is not changed by anyone. */
public record Address(ChainKind chain, byte[] bytes) {

    @Override
    public boolean equals(final Object other) {
        return other instanceof Address that
                && chain == that.chain
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * chain.hashCode() + Arrays.hashCode(bytes);
    }
}
