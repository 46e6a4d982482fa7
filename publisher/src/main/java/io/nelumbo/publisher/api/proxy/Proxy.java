package io.nelumbo.publisher.api.proxy;

import io.nelumbo.publisher.api.upstream.CallRoom;
import io.nelumbo.publisher.api.upstream.UpstreamWatch;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.ChannelSink;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.JsonRpcSubscription;
import io.nelumbo.publisher.jsonrpc.OtherMethods;
import io.nelumbo.publisher.jsonrpc.RawAnswer;
import io.nelumbo.publisher.jsonrpc.RawClient;
import io.nelumbo.publisher.jsonrpc.RawJson;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Passes on, at one version of the API, what the node has no method of its own for. Parameters,
 * results and errors stay as they are, byte for byte. Any thread; nothing blocks.
 *
 * <p>Upstreams are called with the node's own token, so what the client may do is checked here, by
 * Lotus's own table. Calls that would go around the cluster are refused with a reason; {@link Way}
 * tells which.
 */
public final class Proxy implements OtherMethods {
    private final LotusMethods methods;
    private final List<RawClient> upstreams;
    private final UpstreamWatch watch;
    private final CallRoom room;
    private final Duration turnTimeout;
    private final Duration callTimeout;
    private final Duration waitTimeout;
    private final Executor executor;

    private Proxy(final LotusMethods methods, final ProxyPorts ports) {
        this.methods = methods;
        this.upstreams = methods.isV0() ? ports.v0() : ports.v1();
        this.watch = ports.watch();
        this.room = ports.room();
        this.turnTimeout = ports.turnTimeout();
        this.callTimeout = ports.callTimeout();
        this.waitTimeout = ports.waitTimeout();
        this.executor = ports.executor();
    }

    /** What is answered at {@code /rpc/v0} by others. */
    public static Proxy v0(final ProxyPorts ports) {
        return new Proxy(LotusMethods.v0(), ports);
    }

    /** What is answered at {@code /rpc/v1} by others. */
    public static Proxy v1(final ProxyPorts ports) {
        return new Proxy(LotusMethods.v1(), ports);
    }

    @Override
    public boolean waits(final String method) {
        final LotusMethod known = methods.called(method);
        return known != null && known.way() == Way.WAIT;
    }

    @Override
    public @Nullable JsonRpcSubscription subscription(final String method) {
        final LotusMethod known = methods.called(method);
        return known == null || known.way() != Way.CHANNEL
                ? null
                : (params, caller, channel) -> subscribe(method, params, caller, channel);
    }

    @Override
    public CompletableFuture<RawJson> call(
            final String method, final @Nullable RawJson params, final Caller caller) {
        final LotusMethod known = allowed(method, caller);
        final boolean waits = known.way() == Way.WAIT;
        return room.within(
                waits,
                () ->
                        new PassedCall<>(
                                        known,
                                        watch,
                                        (place, last) ->
                                                upstreams
                                                        .get(place)
                                                        .call(method, params, timeout(known, last)))
                                .run()
                                // Off the event loop that carries the pushes, too; what
                                // waits there is with upstreams still.
                                .thenApplyAsync(Proxy::result, executor),
                () -> full(known));
    }

    private CompletableFuture<Runnable> subscribe(
            final String method,
            final @Nullable RawJson params,
            final Caller caller,
            final ChannelSink channel) {
        final LotusMethod known = allowed(method, caller);
        if (!room.beginSubscription()) {
            throw full(known);
        }
        final PassedChannel passed = new PassedChannel(channel, room::endSubscription);
        return new PassedCall<>(
                        known,
                        watch,
                        (place, last) ->
                                upstreams
                                        .get(place)
                                        .subscribe(method, params, passed, timeout(known, last)))
                .run()
                .thenApply(
                        subscribed -> {
                            result(subscribed.answer());
                            return passed.endedBy(subscribed.end());
                        })
                .whenComplete(
                        (end, failure) -> {
                            if (failure != null) {
                                passed.giveBackRoom();
                            }
                        });
    }

    private Duration timeout(final LotusMethod method, final boolean last) {
        if (method.way() == Way.WAIT) {
            return waitTimeout;
        }
        return method.isRepeatable() && !last ? turnTimeout : callTimeout;
    }

    /** The method, if this caller may have it passed on. */
    private LotusMethod allowed(final String method, final Caller caller) {
        final LotusMethod known = methods.called(method);
        if (known == null) {
            throw JsonRpcError.methodNotFound(method);
        }
        if (!caller.permissions().contains(known.permission().text())) {
            throw known.permission().missingFor(known.name());
        }
        if (!known.way().refusal().isEmpty()) {
            throw JsonRpcError.application(
                    "'" + known.name() + "' is not passed on: " + known.way().refusal());
        }
        return known;
    }

    private static JsonRpcError full(final LotusMethod method) {
        return JsonRpcError.application(
                "overloaded: too many calls are with upstreams; '"
                        + method.name()
                        + "' was not passed on, try again later");
    }

    private static RawJson result(final RawAnswer answer) {
        if (answer instanceof RawAnswer.Refusal refusal) {
            throw JsonRpcError.passedOn(refusal);
        }
        return ((RawAnswer.Result) answer).value();
    }
}
