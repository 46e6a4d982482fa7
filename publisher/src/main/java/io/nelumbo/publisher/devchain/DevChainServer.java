package io.nelumbo.publisher.devchain;

import io.nelumbo.publisher.jsonrpc.Authenticator;
import io.nelumbo.publisher.jsonrpc.Endpoint;
import io.nelumbo.publisher.jsonrpc.JsonRpcMethod;
import io.nelumbo.publisher.jsonrpc.JsonRpcServer;
import io.nelumbo.publisher.jsonrpc.OtherMethods;
import io.nelumbo.publisher.jsonrpc.Routes;
import io.nelumbo.publisher.jsonrpc.ServerLimits;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A development chain that serves and mines. Its miner's thread calls the chain; start and close
 * come from one thread.
 */
public final class DevChainServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DevChainServer.class);
    private static final long START_TIMEOUT_S = 30;

    private final DevChain chain;
    private final FaultDice dice;
    private final JsonRpcServer server;
    private final ScheduledExecutorService miner;
    private final int port;

    private DevChainServer(
            final DevChain chain,
            final FaultDice dice,
            final JsonRpcServer server,
            final ScheduledExecutorService miner,
            final int port) {
        this.chain = chain;
        this.dice = dice;
        this.server = server;
        this.miner = miner;
        this.port = port;
    }

    /**
     * Starts to serve on loopback and to mine.
     *
     * @param port 0 for any free one
     */
    public static DevChainServer start(final DevChainOptions options, final int port) {
        final DevChain chain = new DevChain(options);
        final FaultDice dice = new FaultDice();
        final Map<String, JsonRpcMethod> methods = DevChainMethods.of(chain, dice, options);
        final Endpoint endpoint =
                new Endpoint(
                        methods,
                        Map.of("Filecoin.ChainNotify", new ChainNotify(chain)),
                        OtherMethods.NONE);
        final Routes routes =
                new Routes(Map.of("/rpc/v0", endpoint, "/rpc/v1", endpoint), Map.of());
        final JsonRpcServer server =
                new JsonRpcServer(
                        routes, Authenticator.NOBODY_IN_PARTICULAR, ServerLimits.standard());
        final int bound =
                server.listen("127.0.0.1", port)
                        .orTimeout(START_TIMEOUT_S, TimeUnit.SECONDS)
                        .join();
        final ScheduledExecutorService miner =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            final Thread thread = new Thread(task, "devchain-miner");
                            thread.setDaemon(true);
                            return thread;
                        });
        final DevChainServer started = new DevChainServer(chain, dice, server, miner, bound);
        final ScheduledFuture<?> unused =
                miner.scheduleAtFixedRate(
                        started::mine,
                        options.tipsetIntervalMs(),
                        options.tipsetIntervalMs(),
                        TimeUnit.MILLISECONDS);
        return started;
    }

    /** The URL that upstream settings name. */
    public String url() {
        return "http://127.0.0.1:" + port + "/rpc/v1";
    }

    public DevChain chain() {
        return chain;
    }

    /** From now on this goes wrong. */
    public void inflict(final ChainFaults faults) {
        dice.load(faults);
    }

    @Override
    public void close() {
        miner.shutdownNow();
        server.close().orTimeout(START_TIMEOUT_S, TimeUnit.SECONDS).join();
    }

    private void mine() {
        try {
            chain.mine(Clock.systemUTC().millis() / 1_000);
        } catch (final RuntimeException e) {
            // The schedule would stop without a word otherwise.
            LOG.error("mining failed", e);
            throw e;
        }
    }
}
