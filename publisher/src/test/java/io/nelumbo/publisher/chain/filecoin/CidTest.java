package io.nelumbo.publisher.chain.filecoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A CID has one text and one byte string. */
final class CidTest {
    private static final String MESSAGE =
            "bafy2bzacebaiinljwwctblf7czp4zxwhz4747z6tpricgn5cumd4xhebftcvu";

    @Test
    void shouldReadAndWriteMessageCid() {
        final Cid cid = Cid.parse(MESSAGE);

        assertThat(HexFormat.of().formatHex(cid.bytes())).startsWith("0171a0e40220").hasSize(76);
        assertThat(cid.text()).isEqualTo(MESSAGE);
        assertThat(cid.isOfMessage()).isTrue();
        assertThat(Cid.ofDigest(cid.messageDigest())).isEqualTo(cid);
    }

    @Test
    void shouldReadOtherKindsOfCid() {
        // Identity hash of nothing, raw: what Lotus shows for built-in things.
        final Cid cid = Cid.parse("bafkqaaa");

        assertThat(HexFormat.of().formatHex(cid.bytes())).isEqualTo("01550000");
        assertThat(cid.isOfMessage()).isFalse();
        assertThatThrownBy(cid::messageDigest).isInstanceOf(MalformedValue.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "b",
                "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnuPa4",
                "zafy2bzacebaiinljwwctblf7czp4zxwhz4747z6tpricgn5cumd4xhebftcvu",
                "BAFY2BZACEBAIINLJWWCTBLF7CZP4ZXWHZ4747Z6TPRICGN5CUMD4XHEBFTCVU",
                "bafy2bzacebaiinljwwctblf7czp4zxwhz4747z6tpricgn5cumd4xhebftcv",
                "bafy2bzacebaiinljwwctblf7czp4zxwhz4747z6tpricgn5cumd4xhebftcvv",
                "bafy2bzacebaiinljwwctblf7czp4zxwhz4747z6tpricgn5cumd4xhebftcvua",
                "bafkqaaaa",
                "bafy2",
            })
    void shouldRefuseEveryOtherText(final String text) {
        assertThatThrownBy(() -> Cid.parse(text))
                .isInstanceOf(MalformedValue.class)
                .hasMessageStartingWith("CID");
    }

    @Test
    void shouldRefuseLongText() {
        assertThatThrownBy(() -> Cid.parse("b" + "a".repeat(1_000_000)))
                .isInstanceOf(MalformedValue.class);
    }

    @Property
    void shouldReadWhatItWrites(@ForAll @Size(32) final byte[] digest) {
        final Cid cid = Cid.ofDigest(digest);

        assertThat(Cid.parse(cid.text())).isEqualTo(cid).hasSameHashCodeAs(cid);
        assertThat(cid.messageDigest()).isEqualTo(digest);
    }

    @Property(tries = 5000)
    void shouldReadBytesBackOrRefuseThem(@ForAll @Size(max = 110) final byte[] bytes) {
        if (bytes.length > 4) {
            bytes[0] = 1;
            bytes[3] = (byte) (bytes.length - 4);
        }
        try {
            assertThat(Cid.parse(new Cid(bytes).text()).bytes()).isEqualTo(bytes);
        } catch (final MalformedValue refused) {
            assertThat(refused).hasMessageStartingWith("CID");
        }
    }

    @Test
    void shouldNameADecodedMessageByTheBytesItCameFrom() {
        for (final SignatureType type : SignatureType.values()) {
            final SignedFilecoinMessage made =
                    new SignedFilecoinMessage(
                            KnownAccounts.transfer(25_000),
                            new Signature(type, new byte[type.dataBytes()]));
            final byte[] bytes = made.encode();

            assertThat(SignedFilecoinMessage.decode(bytes).cidOfDecoded(bytes))
                    .as("%s", type)
                    .isEqualTo(made.cid());
        }
    }
}
