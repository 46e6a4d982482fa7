package io.nelumbo.publisher.chain.filecoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.chain.filecoin.FilecoinAddress.Protocol;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One address has one text per network, and one byte string: anything else is refused. */
final class FilecoinAddressTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({
        "f00, 0000",
        "f01, 0001",
        "f0127, 007f",
        "f0128, 008001",
        "t01002, 00ea07",
        "f09223372036854775807, 00ffffffffffffffff7f",
        "f1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba, 011eaf1c8a4bbfeeb0870b1745b1f57503470b7116",
        "t17uoq6tp427uzv7fztkbsnn64iwotfrristwpryy, 01fd1d0f4dfcd7e99afcb99a8326b7dc459d32c628",
        "t3vxrizeiel2e2bxg3jhk62dlcutyc26fjnw6ua2sptu32dtjpwxbjawg666nqdngrkvvn45h7yb4qiya6ls7q,"
                + " 03ade28c91045e89a0dcdb49d5ed0d62a4f02d78a96dbd406a4f9d37a1cd2fb5c29058def79b0"
                + "1b4d1556ade74ffc07904",
        "t3v4xr2rwx6ymjs72d7pb3pzgu7nwkrpbjbylb4h4gipynrfcqtaknuws77bzj7setkcdkgncgti3qfa4n7seq,"
                + " 03af2f1d46d7f618997f43fbc3b7e4d4fb6ca8bc290e161e1f8643f0d894509814da5a5ff8729"
                + "fc8935086a334469a3702",
        "f410fkkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamxa,"
                + " 040a52963ef50e27e06d72d59fcb4f3c2a687be3cfef",
    })
    void shouldReadAndWriteKnownAddresses(final String text, final String hex) {
        final FilecoinAddress address = FilecoinAddress.parse(text);

        assertThat(HEX.formatHex(address.bytes())).isEqualTo(hex);
        final Network network = text.startsWith("t") ? Network.TESTNET : Network.MAINNET;
        assertThat(new FilecoinAddress(HEX.parseHex(hex)).text(network)).isEqualTo(text);
    }

    @Test
    void shouldMakeEthereumAddress() {
        final byte[] ethereum = HEX.parseHex("52963ef50e27e06d72d59fcb4f3c2a687be3cfef");

        assertThat(FilecoinAddress.ofDelegated(FilecoinAddress.ETHEREUM_NAMESPACE, ethereum))
                .hasToString("f410fkkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamxa");
    }

    @Test
    void shouldDelegateEmptyAndLongestSubaddress() {
        final FilecoinAddress empty = FilecoinAddress.ofDelegated(32, new byte[0]);
        final FilecoinAddress longest = FilecoinAddress.ofDelegated(Long.MAX_VALUE, new byte[54]);

        assertThat(FilecoinAddress.parse(empty.toString())).isEqualTo(empty);
        assertThat(longest.toString()).hasSize(115);
        assertThat(FilecoinAddress.parse(longest.toString())).isEqualTo(longest);
        assertThatThrownBy(() -> FilecoinAddress.ofDelegated(1, new byte[55]))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining("at most 54");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "f",
                "f0",
                "F01",
                "x01",
                "f5aaaaaaaa",
                "f/1",
                "f0-1",
                "f0+1",
                "f007",
                "f0 7",
                "f0٣",
                "f09223372036854775808",
                "f018446744073709551616",
                "f1",
                "f1aaaa",
                "f1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxbb",
                "f1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxb",
                "f1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba=",
                "f1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxbaa",
                "f1D2XRZCSLX7XLBBYLC5C3D5LVANDQW4IWL6EPXBA",
                "f2d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba",
                "f410kkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamxa",
                "f4f",
                "f4ffff",
                "f4010fkkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamxa",
                "f411fkkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamxa",
                "f410fkkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamx",
            })
    void shouldRefuseEveryOtherText(final String text) {
        assertThatThrownBy(() -> FilecoinAddress.parse(text))
                .isInstanceOf(MalformedValue.class)
                .hasMessageStartingWith("address: expected");
    }

    @Test
    void shouldRefuseSurplusBitsThatChangeNoByte() {
        // 52 bytes fill 83 characters and one bit: the last of 84 has four bits of its own.
        final String text = FilecoinAddress.ofBls(new byte[48]).toString();
        final char last = text.charAt(text.length() - 1);
        final String other = text.substring(0, text.length() - 1) + (char) (last + 1);

        assertThatThrownBy(() -> FilecoinAddress.parse(other))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining("trailing bits");
    }

    @Test
    void shouldKeepComplaintsShort() {
        assertThatThrownBy(() -> FilecoinAddress.parse("f1" + "a".repeat(1_000_000)))
                .isInstanceOf(MalformedValue.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "01",
                "0080",
                "008000",
                "0000ff",
                "00ffffffffffffffffff01",
                "01" + "00000000000000000000000000000000000000",
                "01" + "000000000000000000000000000000000000000000",
                "03" + "00",
                "04",
                "0480",
                "05" + "00",
                "ff00"
            })
    void shouldRefuseEveryOtherByteString(final String hex) {
        assertThatThrownBy(() -> new FilecoinAddress(HEX.parseHex(hex)))
                .isInstanceOf(MalformedValue.class);
    }

    @Property
    void shouldReadWhatItWrites(@ForAll("addresses") final FilecoinAddress address) {
        for (final Network network : Network.values()) {
            assertThat(FilecoinAddress.parse(address.text(network))).isEqualTo(address);
        }
    }

    @Property(tries = 5000)
    void shouldReadOneTextOnly(
            @ForAll("addresses") final FilecoinAddress address,
            @ForAll @IntRange(min = 1, max = 114) final int where,
            @ForAll("characters") final char other) {
        final StringBuilder text = new StringBuilder(address.toString());
        final int position = 1 + where % (text.length() - 1);
        if (text.charAt(position) == other) {
            return;
        }
        text.setCharAt(position, other);

        try {
            // An id has no checksum: another digit is another id, with its own text.
            assertThat(FilecoinAddress.parse(text.toString())).hasToString(text.toString());
        } catch (final MalformedValue refused) {
            assertThat(refused).hasMessageStartingWith("address");
        }
    }

    @Property(tries = 5000)
    void shouldReadBytesBackOrRefuseThem(@ForAll @Size(max = 70) final byte[] bytes) {
        if (bytes.length > 0) {
            bytes[0] = (byte) Math.floorMod(bytes[0], 6);
        }
        try {
            final FilecoinAddress address = new FilecoinAddress(bytes);
            assertThat(FilecoinAddress.parse(address.toString()).bytes()).isEqualTo(bytes);
        } catch (final MalformedValue refused) {
            assertThat(refused).hasMessageStartingWith("address");
        }
    }

    @Example
    void shouldCompareByBytes() {
        final FilecoinAddress one = FilecoinAddress.ofId(1);

        assertThat(one)
                .isEqualTo(FilecoinAddress.parse("t01"))
                .hasSameHashCodeAs(FilecoinAddress.parse("f01"));
        assertThat(one.protocol()).isEqualTo(Protocol.ID);
        assertThat(one.account().bytes()).isEqualTo(new byte[] {0, 1});
        assertThat(one.payload()).isEqualTo(new byte[] {1});
    }

    @Provide
    Arbitrary<Character> characters() {
        return Arbitraries.chars().with("abcdefghijklmnopqrstuvwxyz0123456789AF=-".toCharArray());
    }

    @Provide
    Arbitrary<FilecoinAddress> addresses() {
        final Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofSize(54);
        return Arbitraries.oneOf(
                Arbitraries.longs().greaterOrEqual(0).map(FilecoinAddress::ofId),
                bytes.map(FilecoinAddress::ofSecp256k1),
                bytes.map(b -> FilecoinAddress.of(Protocol.ACTOR, Arrays.copyOf(b, 20))),
                bytes.map(b -> FilecoinAddress.ofBls(Arrays.copyOf(b, 48))),
                bytes.map(
                        b ->
                                FilecoinAddress.ofDelegated(
                                        b[0] & 0x7f, Arrays.copyOf(b, Math.floorMod(b[1], 55)))));
    }
}
