package io.nelumbo.publisher.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.jsonrpc.Caller;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class TokensTest {
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
    // {"alg":"HS256","typ":"JWT"} . {"Allow":["read","write","sign","admin"]}, as Lotus makes it.
    private static final String ALL =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
                    + ".eyJBbGxvdyI6WyJyZWFkIiwid3JpdGUiLCJzaWduIiwiYWRtaW4iXX0";

    private final Tokens tokens = new Tokens(SECRET);

    @Test
    void shouldMakeTheTokenThatLotusMakes() throws Exception {
        final String token = tokens.create(List.of(Permission.values()));

        assertThat(token).isEqualTo(ALL + "." + hs256(ALL));
    }

    @Test
    void shouldAllowExactlyWhatTheTokenSays() {
        final Caller caller = tokens.caller(tokens.create(List.of(Permission.SIGN)));

        assertThat(caller).isNotNull();
        assertThat(caller.permissions()).containsExactly("sign");
    }

    @Test
    void shouldAllowOnlyToReadWithoutAToken() throws Exception {
        final Caller caller = tokens.caller(null);

        assertThat(caller).isNotNull();
        assertThat(caller.permissions()).isEqualTo(Set.of("read"));
        assertThat(caller.principal()).isEqualTo(firstBytesOfSha256("anonymous"));
    }

    @Test
    void shouldNameThePrincipalByTheTokensDigest() throws Exception {
        final String token = tokens.create(List.of(Permission.READ));

        assertThat(tokens.caller(token).principal()).isEqualTo(firstBytesOfSha256(token));
    }

    @Test
    void shouldRefuseWhatTheSecretDidNotMake() throws Exception {
        final String good = tokens.create(List.of(Permission.READ));
        final String payload = good.substring(0, good.lastIndexOf('.'));
        final String other =
                new Tokens("another-secret-of-32-bytes-......".getBytes(UTF_8))
                        .create(List.of(Permission.READ));
        final String none = encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + payload.substring(36);
        final String hs512 = encoded("{\"alg\":\"HS512\"}") + "." + encoded("{\"Allow\":[]}");
        final String noAllow =
                encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encoded("{\"allow\":1}");

        assertThat(tokens.caller("")).isNull();
        assertThat(tokens.caller("a.b.c")).isNull();
        assertThat(tokens.caller(payload + ".")).isNull();
        assertThat(tokens.caller(other)).isNull();
        assertThat(tokens.caller(none + ".")).isNull();
        assertThat(tokens.caller(hs512 + "." + hs256(hs512))).isNull();
        assertThat(tokens.caller(noAllow + "." + hs256(noAllow))).isNull();
        assertThat(tokens.caller(ALL + good.substring(good.lastIndexOf('.')))).isNull();
    }

    @Test
    void shouldVerifyATokenOnceAndAnswerTheSame() {
        final String token = tokens.create(List.of(Permission.SIGN));

        final Caller first = tokens.caller(token);

        assertThat(tokens.caller(new String(token.toCharArray()))).isSameAs(first);
        assertThat(tokens.rememberedTokens()).isEqualTo(1);
    }

    @Test
    void shouldNotRememberWhatItRefused() {
        final String token = tokens.create(List.of(Permission.READ));
        for (int i = 0; i < 1000; i++) {
            assertThat(tokens.caller(token + i)).isNull();
        }

        assertThat(tokens.rememberedTokens()).isZero();
    }

    @Test
    void shouldRememberABoundedNumberOfBoundedTokensI10() throws Exception {
        for (int i = 0; i < 3 * Tokens.MAX_REMEMBERED; i++) {
            final String token = tokenOf("{\"Allow\":[\"read\"],\"n\":" + i + "}");
            assertThat(tokens.caller(token)).isNotNull();
            assertThat(tokens.rememberedTokens()).isBetween(1, Tokens.MAX_REMEMBERED);
        }
        final int before = tokens.rememberedTokens();

        final String huge = tokenOf("{\"Allow\":[\"read\"],\"n\":\"" + "x".repeat(5000) + "\"}");

        assertThat(tokens.caller(huge)).isNotNull();
        assertThat(tokens.rememberedTokens()).isEqualTo(before);
    }

    @Test
    void shouldRefuseAShortSecret() {
        assertThatThrownBy(() -> new Tokens(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 32 bytes but was 31");
    }

    private static String tokenOf(final String payload) throws Exception {
        final String signed =
                encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encoded(payload);
        return signed + "." + hs256(signed);
    }

    private static String encoded(final String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static String hs256(final String text) throws Exception {
        final Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    }

    private static byte[] firstBytesOfSha256(final String text) throws Exception {
        final byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        return Arrays.copyOf(digest, 8);
    }
}
