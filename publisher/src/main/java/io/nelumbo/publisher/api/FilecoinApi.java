package io.nelumbo.publisher.api;

import static io.nelumbo.publisher.api.Permission.ADMIN;
import static io.nelumbo.publisher.api.Permission.READ;
import static io.nelumbo.publisher.api.Permission.SIGN;
import static io.nelumbo.publisher.api.Permission.WRITE;

import io.nelumbo.publisher.api.feed.PoolFeed;
import io.nelumbo.publisher.api.mpool.CheckMethods;
import io.nelumbo.publisher.api.mpool.MpoolMethods;
import io.nelumbo.publisher.api.push.Gateway;
import io.nelumbo.publisher.api.push.GatewayPorts;
import io.nelumbo.publisher.api.wallet.NonceGuard;
import io.nelumbo.publisher.api.wallet.SigningMethods;
import io.nelumbo.publisher.api.wallet.WalletMethods;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.jsonrpc.Endpoint;
import io.nelumbo.publisher.jsonrpc.JsonRpcMethod;
import io.nelumbo.publisher.jsonrpc.JsonRpcSubscription;
import io.nelumbo.publisher.jsonrpc.OtherMethods;
import io.nelumbo.publisher.jsonrpc.Routes;
import io.nelumbo.publisher.trace.Tracing;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The methods that a Lotus client takes for a full node's, under {@code /rpc/v0} and {@code
 * /rpc/v1}, each behind its permission.
 *
 * <p>Source: FILECOIN.md, JSON-RPC.
 */
public final class FilecoinApi {
    /** What {@code Version} says at {@code /rpc/v0}: 1.5.0. */
    public static final int API_VERSION_V0 = 66816;

    /** What {@code Version} says at {@code /rpc/v1}: 2.3.0. */
    public static final int API_VERSION_V1 = 131840;

    private static final String PREFIX = "Filecoin.";

    private final Tracing tracing;
    private final PushMethods push;
    private final SignedPushMethods signed;
    private final EthereumMethods ethereum;
    private final LedgerMethods ledger;
    private final ChainMethods chain;
    private final NodeMethods node;
    private final MpoolMethods mpool;
    private final CheckMethods checks;
    private final WalletMethods wallet;
    private final SigningMethods signing;
    private final HealthPages health;
    private final PoolFeed feed;

    /**
     * @param ports the same that the gateway has
     * @param json writes addresses with the letter of the right network
     * @param feed is told what this node applies
     */
    public FilecoinApi(
            final Gateway gateway,
            final GatewayPorts ports,
            final NodeDesk desk,
            final LotusJson json,
            final PoolFeed feed) {
        this.tracing = ports.tracing();
        this.push = new PushMethods(gateway, json);
        this.signed = new SignedPushMethods(gateway, json);
        this.ethereum = new EthereumMethods(gateway, ports.network());
        this.ledger = new LedgerMethods(ports.ledger(), ports.chain(), json);
        this.chain = new ChainMethods(ports.chain(), json);
        this.feed = feed;
        this.node = new NodeMethods(desk, ports.cluster());
        this.mpool = new MpoolMethods(ports.ledger(), ports.chain(), desk.maxUnconfirmedMessages());
        this.checks = new CheckMethods(ports.ledger(), ports.chain(), json);
        this.wallet = new WalletMethods(desk.wallet(), ports.ledger(), json, desk.keystore());
        this.signing =
                new SigningMethods(
                        desk.wallet(),
                        ports.wallet(),
                        ports.chain(),
                        json,
                        new NonceGuard(ports.ledger()));
        this.health = new HealthPages(desk.health());
    }

    /**
     * What a server answers where.
     *
     * @param othersV0 who is asked for what is not answered here, at {@code /rpc/v0}
     */
    public Routes routes(final OtherMethods othersV0, final OtherMethods othersV1) {
        return new Routes(
                Map.of(
                        "/rpc/v0", new Endpoint(v0(), subscriptions(), othersV0),
                        "/rpc/v1", new Endpoint(v1(), subscriptions(), othersV1)),
                health.pages());
    }

    private Map<String, JsonRpcSubscription> subscriptions() {
        return Map.of(
                PREFIX + "MpoolSub",
                new GuardedSubscription(
                        "MpoolSub", READ, (params, caller, channel) -> feed.subscribe(channel)),
                // Tells nothing, until the socket closes because the node does.
                PREFIX + "Closing",
                new GuardedSubscription(
                        "Closing",
                        READ,
                        (params, caller, channel) -> CompletableFuture.completedFuture(() -> {})));
    }

    private Map<String, JsonRpcMethod> v0() {
        final Map<String, JsonRpcMethod> table = common();
        put(table, "StateSearchMsg", READ, chain::searchMessageV0);
        put(table, "StateWaitMsg", READ, JsonRpcMethod.waiting(chain::waitMessageV0));
        put(table, "Version", READ, node.version(API_VERSION_V0));
        return table;
    }

    private Map<String, JsonRpcMethod> v1() {
        final Map<String, JsonRpcMethod> table = common();
        put(table, "StateSearchMsg", READ, chain::searchMessage);
        put(table, "StateWaitMsg", READ, JsonRpcMethod.waiting(chain::waitMessage));
        put(table, "Version", READ, node.version(API_VERSION_V1));
        put(table, "MpoolCheckMessages", READ, checks::check);
        // Whoever may only read may not fill the outbox (I12), though Lotus lets him push these.
        put(table, "EthSendRawTransaction", WRITE, ethereum::sendRawTransaction);
        put(table, "EthSendRawTransactionUntrusted", WRITE, ethereum::sendRawTransaction);
        table.put(
                "eth_sendRawTransaction",
                new Guarded("eth_sendRawTransaction", WRITE, ethereum::sendRawTransaction));
        put(table, "RaftState", READ, JsonRpcMethod.large(ledger::raftState));
        put(table, "RaftLeader", READ, node::raftLeader);
        return table;
    }

    private Map<String, JsonRpcMethod> common() {
        final Map<String, JsonRpcMethod> table = new HashMap<>();
        put(table, "MpoolPushMessage", SIGN, push::pushMessage);
        put(table, "MpoolBatchPushMessage", SIGN, push::batchPushMessage);
        put(table, "MpoolPush", WRITE, signed::push);
        put(table, "MpoolPushUntrusted", WRITE, signed::push);
        put(table, "MpoolBatchPush", WRITE, signed::batchPush);
        put(table, "MpoolBatchPushUntrusted", WRITE, signed::batchPush);
        put(table, "MpoolGetNonce", READ, ledger::getNonce);
        put(table, "MpoolPending", READ, JsonRpcMethod.large(ledger::pending));
        put(table, "MpoolClear", WRITE, mpool::clear);
        put(table, "MpoolGetConfig", READ, mpool::config);
        put(table, "MpoolSetConfig", ADMIN, mpool::setConfig);
        put(table, "WalletBalance", READ, chain::balance);
        putWallet(table);
        put(table, "AuthVerify", READ, node::authVerify);
        put(table, "AuthNew", ADMIN, node::authNew);
        put(table, "ID", READ, node::id);
        put(table, "NetAddrsListen", READ, node::listenAddresses);
        return table;
    }

    private void putWallet(final Map<String, JsonRpcMethod> table) {
        put(table, "WalletNew", WRITE, wallet::create);
        put(table, "WalletList", WRITE, wallet::list);
        put(table, "WalletHas", WRITE, wallet::has);
        put(table, "WalletSetDefault", WRITE, wallet::chooseDefault);
        put(table, "WalletDefaultAddress", WRITE, wallet::defaultAddress);
        put(table, "WalletVerify", READ, signing::verify);
        put(table, "WalletSign", SIGN, signing::sign);
        put(table, "WalletSignMessage", SIGN, signing::signMessage);
        put(table, "WalletExport", ADMIN, wallet::export);
        put(table, "WalletImport", ADMIN, wallet::importKey);
        put(table, "WalletDelete", ADMIN, wallet::delete);
    }

    private void put(
            final Map<String, JsonRpcMethod> table,
            final String name,
            final Permission permission,
            final JsonRpcMethod method) {
        final JsonRpcMethod guarded = new Guarded(name, permission, method);
        table.put(
                PREFIX + name,
                tracing.isOn()
                        ? new TracedMethod(PREFIX + name, tracing.tracer(), guarded)
                        : guarded);
    }
}
