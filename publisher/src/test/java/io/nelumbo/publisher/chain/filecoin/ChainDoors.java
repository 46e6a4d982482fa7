package io.nelumbo.publisher.chain.filecoin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.fuzz.Door;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Addresses, CIDs and messages: what is read is written back the same, the rest is refused. */
public final class ChainDoors {
    private static final LotusJson JSON = new LotusJson(Network.MAINNET);
    private static final byte[] SEED = filled(32);
    private static final Secp256k1Key SECP256K1 = Secp256k1Key.of(KnownAccounts.PRIVATE_KEY);
    private static final DelegatedKey DELEGATED = DelegatedKey.of(SEED);

    private ChainDoors() {}

    public static Stream<Door> all() {
        return Stream.of(
                Door.ofText(
                        "address-text",
                        text -> takes(() -> checkAddress(text)),
                        "f01000",
                        "t09223372036854775807",
                        KnownAccounts.SENDER.toString(),
                        FilecoinAddress.of(FilecoinAddress.Protocol.ACTOR, filled(20)).toString(),
                        BlsKey.of(SEED).address().toString(),
                        "f410fkkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamxa"),
                new Door(
                        "address-bytes",
                        addresses().map(FilecoinAddress::bytes).toList(),
                        bytes -> takes(() -> checkAddress(bytes))),
                Door.ofText(
                        "cid-text",
                        text -> takes(() -> assertThat(Cid.parse(text).text()).isEqualTo(text)),
                        message(SECP256K1).cid().text(),
                        "bafkqaaa"),
                new Door(
                        "cid-bytes",
                        List.of(message(SECP256K1).cid().bytes(), new byte[] {1, 0x55, 0, 0}),
                        bytes ->
                                takes(
                                        () ->
                                                assertThat(Cid.parse(new Cid(bytes).text()).bytes())
                                                        .isEqualTo(bytes))),
                new Door(
                        "message-cbor",
                        keys().map(key -> message(key).encode()).toList(),
                        bytes -> takes(() -> checkMessage(bytes))),
                new Door(
                        "signed-message-cbor",
                        keys().map(ChainDoors::signed).toList(),
                        bytes -> takes(() -> checkSigned(bytes))),
                new Door(
                        "ethereum-transaction",
                        List.of(message(DELEGATED).encode()),
                        bytes -> takes(() -> checkTransaction(bytes))),
                new Door(
                        "raw-transaction",
                        List.of(
                                EthereumWallet.raw(
                                        EthereumWallet.signed(
                                                message(DELEGATED), DELEGATED, Network.MAINNET),
                                        Network.MAINNET)),
                        bytes -> takes(() -> checkRaw(bytes))),
                json(
                        "message-json",
                        text ->
                                JSON.writeMessage(JSON.readMessage("message", read(text)))
                                        .toString(),
                        JSON.writeMessage(message(SECP256K1)).toString(),
                        JSON.writeMessage(message(DELEGATED)).toString()),
                json(
                        "signed-message-json",
                        text -> JSON.writeSigned(JSON.readSigned("signed", read(text))).toString(),
                        keys().map(key -> SignedFilecoinMessage.decode(signed(key)))
                                .map(signed -> JSON.writeSigned(signed).toString())
                                .toArray(String[]::new)),
                json(
                        "spec-json",
                        text -> JSON.writeSpec(JSON.readSpec("spec", read(text))).toString(),
                        "{\"MaxFee\":\"7\",\"MsgUuid\":\"7f3c1a52-0b43-4c1e-9a6e-0d7a4f1f2b11\","
                                + "\"MaximizeFeeCap\":true}"));
    }

    /** Whether a value is taken; any other exception than the one that is documented goes on. */
    public static boolean takes(final Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (final MalformedValue refused) {
            assertThat(refused.getMessage()).contains("expected").hasSizeLessThan(600);
            return false;
        }
    }

    /** What is written of what was read is read and written the same. */
    private static Door json(
            final String name, final Function<String, String> again, final String... samples) {
        return Door.ofText(
                name,
                text ->
                        takes(
                                () -> {
                                    final String once = again.apply(text);
                                    assertThat(again.apply(once)).isEqualTo(once);
                                }),
                samples);
    }

    private static JsonNode read(final String text) {
        try {
            return StrictJson.REQUESTS.read(text.getBytes(UTF_8));
        } catch (final MalformedJson malformed) {
            throw new MalformedValue("expected JSON");
        }
    }

    private static void checkAddress(final String text) {
        final FilecoinAddress address = FilecoinAddress.parse(text);
        final Network network = text.startsWith("t") ? Network.CALIBRATION : Network.MAINNET;
        assertThat(address.text(network)).isEqualTo(text);
        assertThat(new FilecoinAddress(address.bytes())).isEqualTo(address);
    }

    private static void checkAddress(final byte[] bytes) {
        final FilecoinAddress address = new FilecoinAddress(bytes);
        assertThat(FilecoinAddress.parse(address.toString()).bytes()).isEqualTo(bytes);
    }

    private static void checkMessage(final byte[] bytes) {
        final FilecoinMessage message = FilecoinMessage.decode(bytes);
        assertThat(message.encode()).isEqualTo(bytes);
        assertThat(JSON.readMessage("message", JSON.writeMessage(message))).isEqualTo(message);
        MessageRules.defect(message);
        assertThat(message.requiredFunds().bitLength()).isLessThan(2200);
    }

    private static void checkRaw(final byte[] bytes) {
        final SignedFilecoinMessage signed =
                RawTransaction.decode(bytes, Network.MAINNET).message();
        assertThat(EthereumWallet.raw(signed, Network.MAINNET)).isEqualTo(bytes);
        assertThat(signed.verification(Network.MAINNET)).isInstanceOf(Verification.Valid.class);
    }

    private static void checkSigned(final byte[] bytes) {
        final SignedFilecoinMessage signed = SignedFilecoinMessage.decode(bytes);
        assertThat(signed.encode()).isEqualTo(bytes);
        assertThat(JSON.readSigned("signed", JSON.writeSigned(signed))).isEqualTo(signed);
        assertThat(signed.cidOfDecoded(bytes)).isEqualTo(signed.cid());
        for (final Network network : Network.values()) {
            assertThat(signed.verification(network)).isNotNull();
        }
    }

    /** What its key signs is a transaction that anybody else could read. */
    private static void checkTransaction(final byte[] bytes) {
        final FilecoinMessage message = FilecoinMessage.decode(bytes);
        final byte[] transaction =
                EthereumTransaction.of(message, Network.MAINNET.ethereumChainId())
                        .signingBytes(message.nonce());
        final List<byte[]> items = RlpReader.items(transaction);
        assertThat(items).hasSize(9);
        assertThat(number(items.get(1)))
                .isEqualTo(new BigInteger(Long.toUnsignedString(message.nonce())));
        assertThat(number(items.get(2))).isEqualTo(message.gasPremium());
        assertThat(number(items.get(3))).isEqualTo(message.gasFeeCap());
        assertThat(number(items.get(4))).isEqualTo(BigInteger.valueOf(message.gasLimit()));
        assertThat(items.get(5).length).isIn(0, 20);
        assertThat(number(items.get(6))).isEqualTo(message.value());
    }

    private static BigInteger number(final byte[] bytes) {
        assertThat(bytes.length == 0 || bytes[0] != 0).as("shortest form").isTrue();
        return new BigInteger(1, bytes);
    }

    private static Stream<FilecoinKey> keys() {
        return Stream.of(SECP256K1, BlsKey.of(SEED), DELEGATED);
    }

    private static Stream<FilecoinAddress> addresses() {
        return Stream.concat(
                Stream.of(FilecoinAddress.ofId(1000), FilecoinAddress.ofId(Long.MAX_VALUE)),
                keys().map(FilecoinKey::address));
    }

    private static FilecoinMessage message(final FilecoinKey key) {
        final boolean ethereum = key.type() == SignatureType.DELEGATED;
        return new FilecoinMessage(
                FilecoinAddress.ofId(1000),
                key.address(),
                300,
                BigInteger.TEN.pow(20),
                1_000_000,
                BigInteger.valueOf(200),
                BigInteger.valueOf(100),
                FilecoinMessage.transferMethod(key.address()),
                ethereum ? new byte[] {0x42, 1, 2} : new byte[0]);
    }

    private static byte[] signed(final FilecoinKey key) {
        final Signing signing =
                FilecoinDraft.of(message(key), key, Network.MAINNET).sign(message(key).nonce());
        return ((Signing.Signed) signing).bytes();
    }

    private static byte[] filled(final int bytes) {
        final byte[] filled = new byte[bytes];
        Arrays.fill(filled, (byte) 7);
        return filled;
    }
}
