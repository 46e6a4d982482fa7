package io.nelumbo.publisher.chain.filecoin.lotus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.KnownAccounts;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.Secp256k1Key;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Lotus clients send is read as Lotus reads it; what we write, they can read. */
final class LotusJsonTest {
    private static final String TRANSFER =
            """
            {"Version":0,
             "To":"t17uoq6tp427uzv7fztkbsnn64iwotfrristwpryy",
             "From":"t1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba",
             "Nonce":1,"Value":"100000","GasLimit":25000,"GasFeeCap":"1","GasPremium":"1",
             "Method":0,"Params":"",
             "CID":{"/":"%s"}}
            """;
    private static final String TYPED = "8VcW07ADswS4BV2cxi5rnIadVsyTDDhY1NfDH19T8Uo=";

    private final LotusJson json = new LotusJson(Network.TESTNET);

    @Test
    void shouldWriteMessageAsLotusDoes() {
        final FilecoinMessage message = KnownAccounts.transfer(25_000);

        final JsonNode written = json.writeMessage(message);

        assertThat(read(written.toString())).isEqualTo(read(TRANSFER.formatted(message.cid())));
        assertThat(written.toString())
                .startsWith("{\"Version\":0,\"To\":\"t17uoq6tp427uzv7fztkbsnn64iwotfrristwpryy\",");
    }

    @Test
    void shouldReadWhatItWrites() {
        final FilecoinMessage message =
                new FilecoinMessage(
                        KnownAccounts.RECEIVER,
                        KnownAccounts.SENDER,
                        -1L,
                        new BigInteger("123456789012345678901234567890"),
                        Long.MIN_VALUE,
                        BigInteger.TEN,
                        BigInteger.TWO.negate(),
                        Long.MIN_VALUE,
                        new byte[] {1, 2, 3, 4});

        final JsonNode written = read(json.writeMessage(message).toString());

        assertThat(written.get("Nonce").asText()).isEqualTo("18446744073709551615");
        assertThat(json.readMessage("Message", written)).isEqualTo(message);
    }

    @Test
    void shouldReadFieldNamesInAnyCaseAndAbsentNumbersAsZero() {
        final FilecoinMessage message =
                json.readMessage(
                        "Message",
                        read(
                                """
                                {"to":"f01","FROM":"f02","value":"5","extra":[1],"Params":null}
                                """));

        assertThat(message.to().toString()).isEqualTo("f01");
        assertThat(message.value()).isEqualTo(5);
        assertThat(message.gasLimit()).isZero();
        assertThat(message.gasFeeCap()).isZero();
        assertThat(message.params()).isEmpty();
    }

    @Test
    void shouldWriteSignedMessageWithBothCids() {
        final FilecoinMessage message = KnownAccounts.transfer(25_000);
        final SignedFilecoinMessage signed =
                new SignedFilecoinMessage(
                        message,
                        Secp256k1Key.of(KnownAccounts.PRIVATE_KEY).sign(message.cid().bytes()));

        final JsonNode written = json.writeSigned(signed);

        assertThat(written.at("/CID/~1").textValue()).isEqualTo(signed.cid().text());
        assertThat(written.at("/Message/CID/~1").textValue()).isEqualTo(message.cid().text());
        assertThat(written.at("/Signature/Type").intValue()).isEqualTo(1);
        assertThat(json.readSigned("SignedMessage", written)).isEqualTo(signed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    []                                 | Message: expected an object but was array
                    null                               | Message: expected an object but was null
                    {}                                 | Message.To: expected an address
                    {"To":7}                           | Message.To: expected an address
                    {"To":""}                          | Message.To: expected an address
                    {"To":"f1zzzz"}                    | Message.To.address: expected
                    {"To":"f01"}                       | Message.From: expected an address
                    {"To":"f01","to":"f02"}            | Message: expected each field once
                    {"To":"f01","From":"f02","Value":5}      | Message.Value: expected a whole
                    {"To":"f01","From":"f02","Value":""}     | Message.Value: expected a whole
                    {"To":"f01","From":"f02","Value":"0x5"}  | Message.Value: expected a whole
                    {"To":"f01","From":"f02","Value":"1e3"}  | Message.Value: expected a whole
                    {"To":"f01","From":"f02","Value":"+5"}   | Message.Value: expected a whole
                    {"To":"f01","From":"f02","Nonce":"5"}    | Message.Nonce: expected an unquoted
                    {"To":"f01","From":"f02","Nonce":-1}     | Message.Nonce: expected an unquoted
                    {"To":"f01","From":"f02","Nonce":1.0}    | Message.Nonce: expected an unquoted
                    {"To":"f01","From":"f02","Nonce":18446744073709551616} | Message.Nonce: expected
                    {"To":"f01","From":"f02","GasLimit":9223372036854775808} | Message.GasLimit: exp
                    {"To":"f01","From":"f02","Params":"A"}   | Message.Params: expected padded base64
                    {"To":"f01","From":"f02","Params":"A*=="}| Message.Params: expected base64
                    {"To":"f01","From":"f02","Params":[]}    | Message.Params: expected a string
                    {"To":"f01","From":"f02","Version":1}    | Message.Version: expected 0
                    """)
    void shouldNameTheFieldThatIsWrong(final String text, final String complaint) {
        assertThatThrownBy(() -> json.readMessage("Message", read(text)))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining(complaint.strip());
    }

    @Test
    void shouldRefuseParametersThatCanNeverFit() {
        final String text =
                "{\"To\":\"f01\",\"From\":\"f02\",\"Params\":\"" + "A".repeat(100_000) + "\"}";

        assertThatThrownBy(() -> json.readMessage("Message", read(text)))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining("message too big");
    }

    @Test
    void shouldRefuseAmountWithoutEncoding() {
        final String text =
                "{\"To\":\"f01\",\"From\":\"f02\",\"Value\":\"" + "9".repeat(310) + "\"}";

        assertThatThrownBy(() -> json.readMessage("Message", read(text)))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining("Message.Value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"MaxFee\":null,\"MsgUuid\":null}",
                "{\"MaxFee\":\"0\",\"MsgUuid\":\"00000000-0000-0000-0000-000000000000\"}"
            })
    void shouldReadSpecThatSaysNothing(final String text) {
        assertThat(json.readSpec("spec", read(text))).isEqualTo(PushSpec.NONE);
    }

    @Test
    void shouldReadSpecThatSaysAll() {
        final UUID uuid = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");
        final PushSpec spec = new PushSpec(BigInteger.valueOf(70), RequestId.of(uuid), true);

        assertThat(
                        json.readSpec(
                                "spec",
                                read(
                                        """
                                        {"maxfee":"70","MSGUUID":"0F8FAD5B-d9cb-469f-a165-70867728950e",
                                         "MaximizeFeeCap":true}
                                        """)))
                .isEqualTo(spec);
        assertThat(json.readSpec("spec", json.writeSpec(spec))).isEqualTo(spec);
        assertThat(json.readSpec("spec", json.writeSpec(PushSpec.NONE))).isEqualTo(PushSpec.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"MsgUuid":"1-1-1-1-1"}  | spec.MsgUuid: expected a UUID
                    {"MsgUuid":""}           | spec.MsgUuid: expected a UUID
                    {"MsgUuid":7}            | spec.MsgUuid: expected a string
                    {"MaxFee":70}            | spec.MaxFee: expected a whole number
                    {"MaximizeFeeCap":"yes"} | spec.MaximizeFeeCap: expected true or false
                    [1]                      | spec: expected an object
                    """)
    void shouldNameWhatIsWrongInSpec(final String text, final String complaint) {
        assertThatThrownBy(() -> json.readSpec("spec", read(text)))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining(complaint.strip());
    }

    @Test
    void shouldReadAndWriteKeys() {
        final String text = "{\"Type\":\"secp256k1\",\"PrivateKey\":\"" + TYPED + "\"}";

        final ExportedKey key = LotusJson.readKey("KeyInfo", read(text));

        assertThat(key.type()).isEqualTo(SignatureType.SECP256K1);
        assertThat(key.privateKey()).isEqualTo(KnownAccounts.PRIVATE_KEY);
        assertThat(LotusJson.writeKey(key).toString()).isEqualTo(text);
        assertThat(key.toString()).doesNotContain(TYPED);
    }

    @Test
    void shouldNotShowSecretsInComplaintsAboutKeys() {
        final String text = "{\"Type\":\"secp256k1\",\"PrivateKey\":1234567890123456789}";

        assertThatThrownBy(() -> LotusJson.readKey("KeyInfo", read(text)))
                .isInstanceOf(MalformedValue.class)
                .hasMessageNotContaining("123456789");
    }

    @Test
    void shouldReadTipsetKeys() {
        final Cid block = KnownAccounts.transfer(1).cid();

        assertThat(json.readTipsetKey("key", json.writeTipsetKey(List.of(block))))
                .containsExactly(block);
        assertThat(json.readTipsetKey("key", read("null"))).isEmpty();
        assertThatThrownBy(() -> json.readTipsetKey("key", read("[{\"/\":\"bafy2\"}]")))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining("key[0]");
    }

    private static JsonNode read(final String text) {
        try {
            return StrictJson.REQUESTS.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (final MalformedJson e) {
            throw new AssertionError(text, e);
        }
    }
}
