package io.nelumbo.publisher.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import java.util.Arrays;

/** What a key file holds. */
sealed interface StoredKey {

    /** Whose key it is, or claims to be. */
    FilecoinAddress address();

    /** The file's content. */
    byte[] json();

    /** A key in the clear, protected by its file mode only. */
    record Plain(FilecoinKey key) implements StoredKey {
        @Override
        public FilecoinAddress address() {
            return key.address();
        }

        @Override
        public byte[] json() {
            final byte[] secret = key.privateKey();
            try {
                return KeyText.json(new ExportedKey(key.type(), secret));
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        }
    }

    /** A key that a passphrase opens. */
    record Sealed(SealedKey key) implements StoredKey {
        @Override
        public FilecoinAddress address() {
            return key.address();
        }

        @Override
        public byte[] json() {
            return StrictJson.REQUESTS.write(SealedKeyJson.write(key));
        }
    }

    /** Reads a file's content; throws {@link MalformedValue}, which shows none of a secret. */
    static StoredKey parse(final byte[] json) {
        final JsonNode file;
        try {
            file = StrictJson.REQUESTS.read(json);
        } catch (final MalformedJson hidden) {
            // Its message may quote what it stumbled over.
            throw new MalformedValue("key file: expected JSON");
        }
        if (SealedKeyJson.isSealed(file)) {
            return new Sealed(SealedKeyJson.read(file));
        }
        final ExportedKey exported = KeyText.fromJson(json);
        try {
            return new Plain(FilecoinKey.of(exported));
        } finally {
            Arrays.fill(exported.privateKey(), (byte) 0);
        }
    }
}
