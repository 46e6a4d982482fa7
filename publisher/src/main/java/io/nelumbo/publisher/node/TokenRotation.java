package io.nelumbo.publisher.node;

import io.nelumbo.publisher.api.Permission;
import io.nelumbo.publisher.api.Tokens;
import io.nelumbo.statemachine.identity.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/**
 * Secrets of API tokens. Nothing revokes one token alone: it is valid as long as the secret that
 * made it, so a new secret revokes all. Stateless.
 */
public final class TokenRotation {
    private TokenRotation() {}

    /**
     * Gives a node a new secret, and an admin token made with it: durable on return. A node that
     * runs takes the old tokens until it is started again. After a crash in between, rotate again:
     * the old tokens are revoked, and the token file may still hold one of them.
     *
     * @return whether the node runs, and has to be started again
     */
    public static boolean rotate(final NodeFolder folder) throws IOException {
        final byte[] secret = newSecret();
        SecretFile.replace(folder.tokenSecretFile(), secret);
        SecretFile.replace(folder.tokenFile(), adminToken(secret));
        final NodeLock.Outcome lock = NodeLock.take(folder);
        if (lock instanceof NodeLock.Taken taken) {
            taken.lock().close();
        }
        return lock instanceof NodeLock.Held;
    }

    static byte[] newSecret() {
        final byte[] secret = new byte[Tokens.MIN_SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** What the token file holds: a token that may do everything, and the end of the line. */
    static byte[] adminToken(final byte[] secret) {
        final String token = new Tokens(secret).create(List.of(Permission.values()));
        return (token + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
