package io.nelumbo.publisher.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.api.push.GatewayFixture;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.wallet.Wallet;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is true of the outbox as a pool, and what is refused. */
final class MpoolMethodsTest {
    private static final String CONFIG =
            "{\"PriorityAddrs\":[],\"SizeLimitHigh\":1000,\"SizeLimitLow\":1000,"
                    + "\"ReplaceByFeeRatio\":1.25,\"PruneCooldown\":0,"
                    + "\"GasLimitOverestimation\":1.3}";

    private final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(300, 1));
    private ApiTable api;

    @TempDir Path folder;

    @BeforeEach
    void open() throws Exception {
        api = new ApiTable(node, Wallet.open(folder));
        node.chain.answer =
                ApiTable.json(
                        "{\"PriorityAddrs\":null,\"SizeLimitHigh\":30000,\"SizeLimitLow\":20000,"
                                + "\"ReplaceByFeeRatio\":1.25,\"PruneCooldown\":60000000000,"
                                + "\"GasLimitOverestimation\":1.3}");
    }

    @Test
    void shouldNotClearWhatIsCommittedI9() throws Exception {
        // given
        node.gateway.push(node.message(1), PushSpec.NONE, GatewayFixture.PRINCIPAL).join();

        // then: there are none but our own
        assertThat(api.answer("v0", "MpoolClear", "false").isNull()).isTrue();
        assertThat(api.refusal("MpoolClear", "true"))
                .startsWith(
                        "1 messages are committed, and a committed message cannot be taken back")
                .contains("nothing was cleared");
        assertThat(node.log.ledger().unconfirmedMessages()).isEqualTo(1);

        // and: an empty outbox is clear
        node.log.append(new Event.NonceConfirmed(0, 6, 1));
        assertThat(api.answer("v1", "MpoolClear", "true").isNull()).isTrue();
    }

    @Test
    void shouldTellTheLimitsOfTheOutboxAndTheUpstreamsRatios() throws Exception {
        final JsonNode config = api.answer("v1", "MpoolGetConfig");

        assertThat(config.toString()).isEqualTo(CONFIG);
        assertThat(node.chain.asked).containsExactly("Filecoin.MpoolGetConfig[]");
    }

    @Test
    void shouldSayNothingOfWhatTheUpstreamDoesNotSay() throws Exception {
        node.chain.answer = ApiTable.json("{\"ReplaceByFeeRatio\":\"x\"}");

        assertThat(api.answer("v1", "MpoolGetConfig").path("ReplaceByFeeRatio").isNull()).isTrue();
        assertThat(api.answer("v1", "MpoolGetConfig").path("SizeLimitLow").intValue())
                .isEqualTo(1000);
    }

    @Test
    void shouldAcceptTheConfigurationThatIsInForce() throws Exception {
        assertThat(api.answer("v0", "MpoolSetConfig", CONFIG).isNull()).isTrue();
        assertThat(
                        api.answer(
                                        "v1",
                                        "MpoolSetConfig",
                                        "{\"priorityaddrs\":null,\"sizelimithigh\":1000.0}")
                                .isNull())
                .isTrue();
    }

    @Test
    void shouldRefuseEachChangeWithItsReason() throws Exception {
        assertThat(
                        api.refusal(
                                "MpoolSetConfig",
                                "{\"SizeLimitHigh\":5,\"PriorityAddrs\":[\"f01\"],\"Else\":1}"))
                .contains("SizeLimitHigh is [Pipeline] MaxUnconfirmedMessages of config.toml")
                .contains("PriorityAddrs has no effect")
                .contains("expected settings among [PriorityAddrs, SizeLimitHigh, ")
                .endsWith("; nothing was changed");
        assertThat(api.refusal("MpoolSetConfig", "{\"GasLimitOverestimation\":2}"))
                .startsWith("GasLimitOverestimation is the chain node's");
    }

    @Test
    void shouldAskForThePermissionsOfLotus() throws Exception {
        final Map<String, Permission> needed =
                Map.of(
                        "MpoolClear", Permission.WRITE,
                        "MpoolGetConfig", Permission.READ,
                        "MpoolSetConfig", Permission.ADMIN,
                        "MpoolCheckMessages", Permission.READ);
        for (final Map.Entry<String, Permission> method : needed.entrySet()) {
            for (final Permission permission : Permission.values()) {
                assertThat(api.missing(method.getKey(), permission).isEmpty())
                        .as("%s with %s", method, permission)
                        .isEqualTo(permission == method.getValue());
            }
        }
    }
}
