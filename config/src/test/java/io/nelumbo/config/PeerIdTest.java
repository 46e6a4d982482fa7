package io.nelumbo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeerIdTest {

    @Test
    void shouldMatchTheVectorOfTheLibp2pSpecification() {
        // given: the ed25519 public key of the peer ids specification
        final byte[] publicKey =
                HexFormat.of()
                        .parseHex(
                                "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e");

        // when
        final PeerId id = PeerId.ofPublicKey(publicKey);

        // then
        assertThat(id).hasToString("12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12D3KooWHVawzGL5SG58rS1Ti8m3G8fA9NwEWkfnz1AcRLWq1deF",
                "12D3KooWB2ikW3gvaQiwfdnD8HrFAqBd2Y54gdykLTFybUQsYrBG",
                "12D3KooWHxNgWfmiJGf6sFXbjQhnBHudsXGz9WAuZB1H4LLwxx7V"
            })
    void shouldReadThePeerIdsOfLotusNodes(final String text) {
        final PeerId id = PeerId.parse(text);

        assertThat(id).hasToString(text).isEqualTo(PeerId.ofPublicKey(id.publicKey()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12D3KooW",
                "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N",
                "12D3KooWHVawzGL5SG58rS1Ti8m3G8fA9NwEWkfnz1AcRLWq1de0",
                "12D3KooWHVawzGL5SG58rS1Ti8m3G8fA9NwEWkfnz1AcRLWq1deFF",
                "22D3KooWHVawzGL5SG58rS1Ti8m3G8fA9NwEWkfnz1AcRLWq1deF",
                "1111111111111111111111111111111111111111111111111111",
                "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
            })
    void shouldRefuseWhatIsNoEd25519PeerId(final String text) {
        assertThatThrownBy(() -> PeerId.parse(text))
                .isInstanceOf(MalformedAddress.class)
                .hasMessageContaining("expected");
    }

    @Test
    void shouldRefuseAKeyOfTheWrongLength() {
        assertThatThrownBy(() -> PeerId.ofPublicKey(new byte[33]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("33");
    }

    @Test
    void shouldNotLetItsKeyBeChangedFromOutside() {
        final byte[] publicKey = new byte[32];
        final PeerId id = PeerId.ofPublicKey(publicKey);

        publicKey[0] = 1;
        id.publicKey()[1] = 1;

        assertThat(id.publicKey()).isEqualTo(new byte[32]);
    }

    @Property
    void shouldReadBackWhatItPrints(@ForAll @Size(32) final byte[] publicKey) {
        final PeerId id = PeerId.ofPublicKey(publicKey);

        assertThat(PeerId.parse(id.toString())).isEqualTo(id).hasSameHashCodeAs(id);
        assertThat(PeerId.parse(id.toString()).publicKey()).isEqualTo(publicKey);
        assertThat(id.toString()).startsWith("12D3KooW");
    }

    @Property
    void shouldDecodeBase58ThatItEncoded(@ForAll @Size(max = 40) final byte[] bytes) {
        assertThat(Base58.decode(Base58.encode(bytes))).isEqualTo(bytes);
    }
}
