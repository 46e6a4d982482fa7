package io.nelumbo.publisher.api.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The whole table of Lotus's methods: no upstream hears of what must not be passed on. */
final class RefusedMethodsTest {
    private static final String ALL_PERMISSIONS = "read,write,sign,admin";
    private static final Set<String> REFUSED =
            Set.of("cluster", "signs", "transaction", "reverse", "upstream");

    @Test
    void shouldRefuseEveryMethodThatMustNotBePassedOnWhateverTheCallerMay() throws Exception {
        try (ProxyFixture node = new ProxyFixture()) {
            int refused = 0;
            for (final String[] row : rows()) {
                final boolean always = REFUSED.contains(row[0]);
                // The fixture has this one of its own, as every node has.
                if (row[2].equals("Version") || !always && !row[0].equals("signs-in-v0")) {
                    continue;
                }
                for (final String name : names(row[2])) {
                    assertRefused(node, "/rpc/v0", name);
                    if (always) {
                        assertRefused(node, "/rpc/v1", name);
                    }
                    refused++;
                }
            }
            assertThat(refused).isGreaterThan(100);
            assertThat(node.first.requests).isEmpty();
            assertThat(node.second.requests).isEmpty();
        }
    }

    private static void assertRefused(final ProxyFixture node, final String path, final String name)
            throws Exception {
        assertThat(
                        node.post(
                                path,
                                ALL_PERMISSIONS,
                                "{\"id\":1,\"method\":\"" + name + "\",\"params\":[]}"))
                .as("%s at %s", name, path)
                .contains("\"code\":1,", "is not passed on: ");
    }

    /** With the prefix, and as Ethereum's tools call it. */
    private static List<String> names(final String method) {
        final List<String> names = new ArrayList<>(List.of("Filecoin." + method));
        if (method.startsWith("Eth")) {
            names.add("eth_" + Character.toLowerCase(method.charAt(3)) + method.substring(4));
        }
        if (method.startsWith("Net")) {
            names.add("net_" + Character.toLowerCase(method.charAt(3)) + method.substring(4));
        }
        return names;
    }

    private static List<String[]> rows() throws IOException {
        try (InputStream table =
                RefusedMethodsTest.class.getResourceAsStream("lotus-methods.txt")) {
            return new String(table.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.split(" +", -1))
                    .toList();
        }
    }
}
