package io.nelumbo.publisher.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.fuzz.Door;
import io.nelumbo.publisher.jsonrpc.Caller;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What clients send: calls and tokens. */
public final class ApiDoors {
    private ApiDoors() {}

    /**
     * @param folder for a keystore
     */
    public static Stream<Door> all(final Path folder) {
        final Tokens tokens = new Tokens(secret());
        return Stream.of(
                HostedApi.door("v0", folder, tokens),
                HostedApi.door("v1", folder, tokens),
                Door.ofText(
                        "token",
                        text -> takesToken(tokens, text),
                        tokens.create(List.of(Permission.values()))));
    }

    private static byte[] secret() {
        final byte[] secret = new byte[Tokens.MIN_SECRET_BYTES];
        Arrays.fill(secret, (byte) 9);
        return secret;
    }

    /** I12: whoever is let in, and to more than reading, holds what the secret made. */
    private static boolean takesToken(final Tokens tokens, final String text) {
        final Caller caller = tokens.caller(text);
        assertThat(caller == null).isEqualTo(tokens.verify(text) == null);
        return caller != null;
    }
}
