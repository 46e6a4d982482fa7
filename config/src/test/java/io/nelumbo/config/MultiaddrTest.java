package io.nelumbo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nelumbo.config.Multiaddr.HostKind;
import io.nelumbo.config.Multiaddr.Scheme;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MultiaddrTest {
    private static final String PEER = "12D3KooWHVawzGL5SG58rS1Ti8m3G8fA9NwEWkfnz1AcRLWq1deF";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/127.0.0.1/tcp/4567/http",
                "/ip4/0.0.0.0/tcp/2222",
                "/ip6/::/tcp/2222",
                "/ip6/2001:db8::1:0:0:1/tcp/65535/https",
                "/dns/node-0.example.org/tcp/2222",
                "/dns4/localhost/tcp/0",
                "/dns6/a/tcp/1/http/p2p/" + PEER,
                "/ip4/127.0.0.1/tcp/2222/p2p/" + PEER,
            })
    void shouldPrintWhatItRead(final String text) {
        assertThat(Multiaddr.parse(text)).hasToString(text);
    }

    @Test
    void shouldTakeAnAddressApart() {
        final Multiaddr address = Multiaddr.parse("/ip6/::1/tcp/4567/https/p2p/" + PEER);

        assertThat(address)
                .isEqualTo(
                        new Multiaddr(HostKind.IP6, "::1", 4567, Scheme.HTTPS, PeerId.parse(PEER)));
        assertThat(address.hostAndPort()).isEqualTo("[::1]:4567");
        assertThat(address.url("/rpc/v1")).hasToString("https://[::1]:4567/rpc/v1");
        assertThat(address.isLoopback()).isTrue();
        assertThat(address.isUnspecified()).isFalse();
        assertThat(address.withoutPeerId().withPort(1)).hasToString("/ip6/::1/tcp/1/https");
    }

    @Test
    void shouldSpeakHttpWhereAnAddressDoesNotSay() {
        assertThat(Multiaddr.loopback(80).url("/")).hasToString("http://127.0.0.1:80/");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "ip4/1.2.3.4/tcp/1, 0",
        "/, 0",
        "/ip4, 4",
        "/ip4/, 5",
        "/ip5/1.2.3.4/tcp/1, 0",
        "/ip4/1.2.3/tcp/1, 5",
        "/ip4/1.2.3.256/tcp/1, 5",
        "/ip4/1.2.3.04/tcp/1, 5",
        "/ip4/::1/tcp/1, 5",
        "/ip6/1.2.3.4/tcp/1, 5",
        "/ip6/1::2::3/tcp/1, 5",
        "/ip6/1:2:3:4:5:6:7/tcp/1, 5",
        "/ip6/1:2:3:4:5:6:7:8:9/tcp/1, 5",
        "/ip6/fe80::1%eth0/tcp/1, 5",
        "/ip6/:1/tcp/1, 5",
        "/ip6/1:/tcp/1, 5",
        "/ip6/12345::/tcp/1, 5",
        "/dns4/-a/tcp/1, 6",
        "/dns4/a..b/tcp/1, 6",
        "/dns4/a b/tcp/1, 6",
        "/ip4/1.2.3.4/udp/1, 12",
        "/ip4/1.2.3.4/tcp/65536, 17",
        "/ip4/1.2.3.4/tcp/-1, 17",
        "/ip4/1.2.3.4/tcp/01, 17",
        "/ip4/1.2.3.4/tcp/99999999999, 17",
        "/ip4/1.2.3.4/tcp/1/, 18",
        "/ip4/1.2.3.4/tcp/1/ws, 18",
        "/ip4/1.2.3.4/tcp/1/http/http, 23",
        "/ip4/1.2.3.4/tcp/1/p2p, 22",
        "/ip4/1.2.3.4/tcp/1/p2p/Qm, 23",
        "/ip4/1.2.3.4/tcp/1/p2p/" + PEER + "/http, 75",
    })
    void shouldSayWhereATextStopsBeingAMultiaddr(final String text, final int position) {
        final MalformedAddress error =
                catchThrowableOfType(MalformedAddress.class, () -> Multiaddr.parse(text));

        assertThat(error.position()).isEqualTo(position);
        assertThat(error).hasMessageStartingWith(error.reason());
        assertThat(error).hasMessageContaining("at character " + (position + 1));
    }

    @Test
    void shouldRefuseAVeryLongText() {
        final MalformedAddress error =
                catchThrowableOfType(
                        MalformedAddress.class,
                        () -> Multiaddr.parse("/dns4/" + "a.".repeat(100_000) + "a/tcp/1"));

        assertThat(error).hasMessageContaining("512");
    }

    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "::ffff:1.2.3.4, ::ffff:102:304",
        "1::, 1::",
    })
    void shouldPrintIp6AsRfc5952Wants(final String written, final String canonical) {
        assertThat(Multiaddr.parse("/ip6/" + written + "/tcp/1"))
                .hasToString("/ip6/" + canonical + "/tcp/1");
    }

    @Property
    void shouldAgreeWithTheJdkOnIp6(@ForAll @Size(16) final byte[] bytes)
            throws UnknownHostException {
        final StringBuilder written = new StringBuilder();
        for (int i = 0; i < 16; i += 2) {
            written.append(i == 0 ? "" : ":")
                    .append(Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff));
        }

        final String canonical = IpText.canonicalIp6(written.toString());

        assertThat(canonical).isNotNull();
        assertThat(InetAddress.getByName(canonical)).isEqualTo(InetAddress.getByAddress(bytes));
        assertThat(IpText.canonicalIp6(canonical)).isEqualTo(canonical);
    }

    @Property
    void shouldReadBackWhatItPrints(@ForAll("addresses") final Multiaddr address) {
        assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
    }

    @Property
    void shouldNeverFailOtherwiseThanByMalformedAddress(@ForAll("nearly") final String text) {
        try {
            assertThat(Multiaddr.parse(Multiaddr.parse(text).toString())).isNotNull();
        } catch (final MalformedAddress expected) {
            assertThat(expected.position()).isBetween(0, text.length());
        }
    }

    @Provide
    Arbitrary<Multiaddr> addresses() {
        final Arbitrary<PeerId> peers =
                Arbitraries.bytes().array(byte[].class).ofSize(32).map(PeerId::ofPublicKey);
        final Arbitrary<Multiaddr> hosts =
                Arbitraries.of(
                        Multiaddr.parse("/ip4/10.0.0.255/tcp/0"),
                        Multiaddr.parse("/ip6/fe80::1/tcp/0"),
                        Multiaddr.parse("/dns/a-b.example/tcp/0"),
                        Multiaddr.parse("/dns6/x/tcp/0"));
        return Combinators.combine(
                        hosts,
                        Arbitraries.integers().between(0, 65_535),
                        Arbitraries.of(Scheme.class),
                        peers.injectNull(0.5))
                .as(
                        (host, port, scheme, peer) ->
                                new Multiaddr(host.hostKind(), host.host(), port, scheme, peer));
    }

    @Provide
    Arbitrary<String> nearly() {
        return Arbitraries.of(
                        "/", "ip4", "ip6", "dns4", "tcp", "http", "p2p", "1.2.3.4", "::", "80", "x",
                        PEER, " ", "%", "é")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
