package io.nelumbo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiInfoTest {
    private static final String TOKEN =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJBbGxvdyI6WyJyZWFkIl19.T_meWfWV-F_pX19EPZ1p0u";

    @Test
    void shouldReadWhatLotusPrints() {
        final ApiInfo node = ApiInfo.parse(TOKEN + ":/ip4/127.0.0.1/tcp/4567/http");

        assertThat(node.token()).isEqualTo(TOKEN);
        assertThat(node.rpcUrl()).hasToString("http://127.0.0.1:4567/rpc/v1");
        assertThat(node.text()).isEqualTo(TOKEN + ":/ip4/127.0.0.1/tcp/4567/http");
    }

    @Test
    void shouldReadSeveralNodes() {
        final String one = TOKEN + ":/ip4/127.0.0.1/tcp/4567/http";

        final List<ApiInfo> nodes = ApiInfo.parseList(one + ", /ip6/::1/tcp/1/http");

        assertThat(nodes).containsExactly(ApiInfo.parse(one), ApiInfo.parse("/ip6/::1/tcp/1/http"));
        assertThat(nodes.get(1).token()).isEmpty();
    }

    @Test
    void shouldNotShowItsTokenInLogs() {
        assertThat(ApiInfo.parse(TOKEN + ":/ip4/127.0.0.1/tcp/4567/http").toString())
                .doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "token, 5",
        "a b:/ip4/1.2.3.4/tcp/1, 0",
        "token/ip4/1.2.3.4/tcp/1, 23",
        "token:/ip4/1.2.3/tcp/1, 11",
        "'token:/ip4/1.2.3.4/tcp/1,', 25",
        "'/ip4/1.2.3.4/tcp/1,/ip4/x/tcp/1', 24",
    })
    void shouldSayWhereAListIsWrong(final String text, final int position) {
        final MalformedAddress error =
                catchThrowableOfType(MalformedAddress.class, () -> ApiInfo.parseList(text));

        assertThat(error.position()).isEqualTo(position);
    }

    @Test
    void shouldBoundTheNumberOfNodes() {
        final MalformedAddress error =
                catchThrowableOfType(
                        MalformedAddress.class,
                        () -> ApiInfo.parseList("/ip4/1.2.3.4/tcp/1,".repeat(65)));

        assertThat(error).hasMessageContaining("at most 64");
    }
}
