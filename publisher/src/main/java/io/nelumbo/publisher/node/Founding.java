package io.nelumbo.publisher.node;

import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.wallet.Passphrase;
import io.nelumbo.statemachine.identity.PeerIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a new node begins with. It holds secrets, which belong to the caller: nothing here keeps or
 * wipes them.
 *
 * @param configText what its {@code config.toml} will say; checked by the caller
 * @param identity who it is; null makes a new identity
 * @param tokenSecret what its API tokens are made with, at least 32 bytes; null makes a new secret
 * @param keys its keys; the first is the default
 * @param passphrase what they are encrypted with; null leaves that to their file mode
 */
public record Founding(
        String configText,
        @Nullable PeerIdentity identity,
        byte @Nullable [] tokenSecret,
        List<ExportedKey> keys,
        @Nullable Passphrase passphrase) {

    /** A node that is new in everything, without keys. */
    public static Founding anew(final String configText) {
        return new Founding(configText, null, null, List.of(), null);
    }

    /** Without its secrets. */
    @Override
    public String toString() {
        return "Founding[" + keys.size() + " keys]";
    }
}
