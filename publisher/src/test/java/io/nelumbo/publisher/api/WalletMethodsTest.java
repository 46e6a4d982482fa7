package io.nelumbo.publisher.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.api.push.GatewayFixture;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.wallet.Wallet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of a node as a Lotus client handles them. */
final class WalletMethodsTest {
    /** A key of an address that nobody can open: only its place counts here. */
    private static final String SEALED =
            """
            {"version":3,"id":"7f3c1a52-0b43-4c1e-9a6e-0d7a4f1f2b11","address":"ADDRESS",
             "type":"secp256k1","crypto":{"cipher":"aes-128-ctr","ciphertext":"%s",
             "cipherparams":{"iv":"%s"},"kdf":"scrypt",
             "kdfparams":{"dklen":32,"n":2,"r":8,"p":1,"salt":"00"},"mac":"%s"}}
            """
                    .formatted("00".repeat(32), "00".repeat(16), "00".repeat(32));

    private final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(300, 1));
    private Wallet wallet;
    private ApiTable api;

    @TempDir Path folder;

    @BeforeEach
    void open() {
        wallet = Wallet.open(folder);
        api = new ApiTable(node, wallet);
    }

    @ParameterizedTest
    @CsvSource({"secp256k1, f1", "bls, f3", "delegated, f410f"})
    void shouldMakeAKeyThatIsThereAfterARestart(final String type, final String prefix)
            throws Exception {
        final String address = api.answer("v0", "WalletNew", quoted(type)).textValue();

        assertThat(address).startsWith(prefix);
        assertThat(Wallet.open(folder).has(FilecoinAddress.parse(address))).isTrue();
        assertThat(api.answer("v1", "WalletHas", quoted(address)).booleanValue()).isTrue();
        assertThat(api.answer("v1", "WalletList")).hasSize(1);
    }

    @Test
    void shouldRefuseAKeyOfAnUnknownType() throws Exception {
        assertThat(api.refusal("WalletNew", quoted("secp256k1-ledger")))
                .contains("expected secp256k1, bls or delegated");
    }

    @Test
    void shouldNameTheDefaultAddressAndTakeAnother() throws Exception {
        assertThat(api.refusal("WalletDefaultAddress"))
                .startsWith("failed to get default key: key info not found");
        final JsonNode first = api.answer("v1", "WalletNew", quoted("bls"));
        final JsonNode second = api.answer("v1", "WalletNew", quoted("secp256k1"));
        assertThat(api.answer("v1", "WalletDefaultAddress")).isEqualTo(first);

        assertThat(api.answer("v1", "WalletSetDefault", second.toString()).isNull()).isTrue();

        assertThat(api.answer("v0", "WalletDefaultAddress")).isEqualTo(second);
        assertThat(Wallet.open(folder).defaultAddress()).hasToString(second.textValue());
        assertThat(api.refusal("WalletSetDefault", quoted(node.stranger)))
                .startsWith("key info not found")
                .endsWith("the default stays what it was");
    }

    @Test
    void shouldExportWhatWasImportedInLotussForm() throws Exception {
        final String keyInfo =
                LotusJson.writeKey(
                                new ExportedKey(
                                        SignatureType.SECP256K1, GatewayFixture.filled(32, 1)))
                        .toString();

        final JsonNode address = api.answer("v1", "WalletImport", keyInfo);
        final JsonNode again = api.answer("v1", "WalletImport", keyInfo);

        assertThat(address.textValue()).isEqualTo(node.from.toString());
        assertThat(again).isEqualTo(address);
        assertThat(api.answer("v1", "WalletExport", address.toString()))
                .isEqualTo(ApiTable.json(keyInfo));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Type\":\"secp256k1\",\"PrivateKey\":\"c2VjcmV0\"}",
                "{\"Type\":\"secp256k1\",\"PrivateKey\":\"c2VjcmV\"}",
                "{\"Type\":\"bls\",\"PrivateKey\":[115,101,99]}",
                "{\"PrivateKey\":\"c2VjcmV0\"}"
            })
    void shouldRefuseWhatIsNoKeyWithoutRepeatingIt(final String keyInfo) throws Exception {
        assertThat(api.refusal("WalletImport", keyInfo))
                .contains("expected")
                .doesNotContain("c2VjcmV", "secret", "115");
        assertThat(wallet.addresses()).isEmpty();
    }

    @Test
    void shouldNotExportAKeyThatIsNotHere() throws Exception {
        assertThat(api.refusal("WalletExport", quoted(node.stranger)))
                .isEqualTo(
                        "key info not found: the key of " + node.stranger + " is not on this node");
    }

    @Test
    void shouldDeleteAKeySoThatAPersonCanStillBringItBack() throws Exception {
        // given
        final String address = api.answer("v1", "WalletNew", quoted("bls")).textValue();

        // when
        assertThat(api.answer("v1", "WalletDelete", quoted(address)).isNull()).isTrue();
        assertThat(api.answer("v1", "WalletDelete", quoted(address)).isNull()).isTrue();

        // then
        assertThat(api.answer("v1", "WalletHas", quoted(address)).booleanValue()).isFalse();
        assertThat(api.refusal("WalletDefaultAddress")).contains("no default address");
        assertThat(Wallet.open(folder).addresses()).isEmpty();
        Files.move(
                folder.resolve(".deleted-" + address + ".key"), folder.resolve(address + ".key"));
        assertThat(Wallet.open(folder).addresses()).hasSize(1);
    }

    @Test
    void shouldKeepAKeyWhoseMessagesAreNotConfirmed() throws Exception {
        // given
        importFixtureKey();
        node.gateway.push(node.message(1), PushSpec.NONE, GatewayFixture.PRINCIPAL).join();

        // then
        assertThat(api.refusal("WalletDelete", quoted(node.from)))
                .isEqualTo(
                        "wallet delete: "
                                + node.from
                                + " has 1 messages that the chain has not confirmed, and its key"
                                + " may be needed for them; nothing was deleted, try again when"
                                + " they are confirmed");
        assertThat(wallet.has(node.from)).isTrue();

        // and: when they are, it goes
        node.log.append(new Event.NonceConfirmed(0, 6, 1));
        assertThat(api.answer("v1", "WalletDelete", quoted(node.from)).isNull()).isTrue();
    }

    @Test
    void shouldKeepAKeyThatIsUsedWhileItsDeletionWaits() throws Exception {
        // given: a keystore that is busy while a message is pushed
        importFixtureKey();
        final ApiTable busy =
                new ApiTable(
                        node,
                        wallet,
                        deletion -> {
                            node.gateway
                                    .push(node.message(1), PushSpec.NONE, GatewayFixture.PRINCIPAL)
                                    .join();
                            deletion.run();
                        });

        // then
        assertThat(busy.refusal("WalletDelete", quoted(node.from)))
                .contains("has 1 messages that the chain has not confirmed")
                .contains("nothing was deleted");
        assertThat(wallet.has(node.from)).isTrue();
    }

    @Test
    void shouldSayThatTheKeystoreIsLocked() throws Exception {
        // given
        final ApiTable locked = new ApiTable(node, lockedWallet());

        // then
        for (final String method : new String[] {"WalletExport", "WalletSign"}) {
            final String[] params =
                    method.equals("WalletSign")
                            ? new String[] {quoted(node.from), quoted("AA==")}
                            : new String[] {quoted(node.from)};
            assertThat(locked.refusal(method, params))
                    .startsWith("wallet: the key for " + node.from + " is locked: set [Wallet]");
        }
        assertThat(locked.refusal("WalletNew", quoted("bls"))).contains("is locked: set [Wallet]");
        assertThat(locked.answer("v1", "WalletList")).hasSize(1);
    }

    @Test
    void shouldAskForThePermissionsOfLotus() throws Exception {
        final Map<String, Permission> needed =
                Map.ofEntries(
                        Map.entry("WalletNew", Permission.WRITE),
                        Map.entry("WalletList", Permission.WRITE),
                        Map.entry("WalletHas", Permission.WRITE),
                        Map.entry("WalletSetDefault", Permission.WRITE),
                        Map.entry("WalletDefaultAddress", Permission.WRITE),
                        Map.entry("WalletVerify", Permission.READ),
                        Map.entry("WalletSign", Permission.SIGN),
                        Map.entry("WalletSignMessage", Permission.SIGN),
                        Map.entry("WalletExport", Permission.ADMIN),
                        Map.entry("WalletImport", Permission.ADMIN),
                        Map.entry("WalletDelete", Permission.ADMIN));
        for (final Map.Entry<String, Permission> method : needed.entrySet()) {
            for (final Permission permission : Permission.values()) {
                assertThat(api.missing(method.getKey(), permission))
                        .as("%s with %s", method, permission)
                        .isEqualTo(
                                permission == method.getValue()
                                        ? ""
                                        : "missing permission to invoke '"
                                                + method.getKey()
                                                + "' (need '"
                                                + method.getValue().text()
                                                + "')");
            }
        }
    }

    private void importFixtureKey() {
        wallet.importKey(new ExportedKey(SignatureType.SECP256K1, GatewayFixture.filled(32, 1)));
    }

    /** Its key is encrypted, and the passphrase is elsewhere. */
    private Wallet lockedWallet() throws Exception {
        importFixtureKey();
        final Path file = folder.resolve(node.from + ".key");
        Files.writeString(file, SEALED.replace("ADDRESS", node.from.toString()));
        return Wallet.open(folder);
    }

    private static String quoted(final Object text) {
        return "\"" + text + "\"";
    }
}
