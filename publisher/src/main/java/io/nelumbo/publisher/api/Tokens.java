package io.nelumbo.publisher.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import io.nelumbo.publisher.api.push.Digests;
import io.nelumbo.publisher.jsonrpc.Authenticator;
import io.nelumbo.publisher.jsonrpc.Caller;
import java.text.ParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * API tokens as Lotus makes them: HS256 over {@code {"Allow":[…]}}, without expiry. Whoever knows
 * the secret can make any token, so all nodes of a cluster share it and nobody else has it. Any
 * thread.
 *
 * <p>A token that was verified is remembered by its text: nothing else decides what it allows, it
 * never expires, and it is revoked by a new secret, which takes a new start. What was refused is
 * not remembered, so strangers cannot fill the memory.
 */
public final class Tokens implements Authenticator {
    /** HS256 wants a key as long as its hash, 32 bytes. */
    public static final int MIN_SECRET_BYTES = 32;

    /** A principal: that many first bytes of a SHA-256. */
    public static final int PRINCIPAL_BYTES = 8;

    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final String ALLOW = "Allow";
    private static final Caller ANONYMOUS =
            new Caller(Set.of(Permission.READ.text()), principal("anonymous"));

    /** Tokens that are remembered; a node has a handful. */
    static final int MAX_REMEMBERED = 256;

    /** Longer ones are verified each time, so that what is remembered stays small: 512 KiB. */
    private static final int MAX_REMEMBERED_CHARS = 1024;

    private final MACSigner signer;
    private final MACVerifier verifier;
    private final ConcurrentMap<String, Caller> remembered = new ConcurrentHashMap<>();

    /** Tokens of a secret of at least 32 bytes. */
    public Tokens(final byte[] secret) {
        try {
            this.signer = new MACSigner(secret);
            this.verifier = new MACVerifier(secret);
        } catch (final JOSEException e) {
            throw new IllegalArgumentException(
                    "expected a secret of at least "
                            + MIN_SECRET_BYTES
                            + " bytes but was "
                            + secret.length,
                    e);
        }
    }

    /** Makes a token that allows exactly these. The same permissions give the same text. */
    public String create(final List<Permission> permissions) {
        final String allowed =
                permissions.stream()
                        .map(permission -> '"' + permission.text() + '"')
                        .collect(Collectors.joining(",", "{\"" + ALLOW + "\":[", "]}"));
        try {
            final JWSObject token =
                    new JWSObject(JWSHeader.parse(Base64URL.encode(HEADER)), new Payload(allowed));
            token.sign(signer);
            return token.serialize();
        } catch (final JOSEException | ParseException e) {
            throw new IllegalStateException("expected HS256 to be there", e);
        }
    }

    /** What a token allows, in its own order and words; null if this secret did not make it. */
    public @Nullable Set<String> verify(final String token) {
        try {
            final JWSObject parsed = JWSObject.parse(token);
            if (!JWSAlgorithm.HS256.equals(parsed.getHeader().getAlgorithm())
                    || !parsed.verify(verifier)) {
                return null;
            }
            return allowed(parsed.getPayload().toJSONObject());
        } catch (final ParseException | JOSEException e) {
            // Whatever is wrong with a token, the answer to the bearer is the same.
            return null;
        }
    }

    /** No token may read; a token that this secret did not make gets no caller at all. */
    @Override
    public @Nullable Caller caller(final @Nullable String token) {
        if (token == null) {
            return ANONYMOUS;
        }
        final Caller known = remembered.get(token);
        if (known != null) {
            return known;
        }
        final Set<String> permissions = verify(token);
        if (permissions == null) {
            return null;
        }
        final Caller caller = new Caller(permissions, principal(token));
        if (token.length() <= MAX_REMEMBERED_CHARS) {
            remember(token, caller);
        }
        return caller;
    }

    /** How many tokens are remembered. */
    int rememberedTokens() {
        return remembered.size();
    }

    /** Forgets all at the bound: tokens in use are back with their next call. */
    private void remember(final String token, final Caller caller) {
        synchronized (remembered) {
            if (remembered.size() >= MAX_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(token, caller);
        }
    }

    /** The principal that a text stands for: the first 8 bytes of its SHA-256. */
    static byte[] principal(final String text) {
        return Arrays.copyOf(Digests.sha256(text.getBytes(UTF_8)), PRINCIPAL_BYTES);
    }

    private static @Nullable Set<String> allowed(final @Nullable Map<String, Object> payload) {
        if (payload == null || !(payload.get(ALLOW) instanceof List<?> list)) {
            return null;
        }
        final Set<String> permissions = new LinkedHashSet<>();
        for (final Object permission : list) {
            permissions.add(String.valueOf(permission));
        }
        return permissions;
    }
}
