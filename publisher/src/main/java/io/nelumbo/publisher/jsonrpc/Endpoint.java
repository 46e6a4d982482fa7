package io.nelumbo.publisher.jsonrpc;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered at one path.
 *
 * @param methods of our own, by name
 * @param subscriptions of our own, by name
 * @param others who is asked for any other
 */
public record Endpoint(
        Map<String, JsonRpcMethod> methods,
        Map<String, JsonRpcSubscription> subscriptions,
        OtherMethods others) {

    public Endpoint {
        methods = Map.copyOf(methods);
        subscriptions = Map.copyOf(subscriptions);
    }

    /** Nothing but these methods. */
    public static Endpoint of(final Map<String, JsonRpcMethod> methods) {
        return new Endpoint(methods, Map.of(), OtherMethods.NONE);
    }

    /** Whether others are asked for a method. */
    boolean isForOthers(final String method) {
        return !methods.containsKey(method) && !subscriptions.containsKey(method);
    }

    /** The subscription of that name, ours or others'; null for a method that answers at once. */
    @Nullable JsonRpcSubscription subscription(final String method) {
        return isForOthers(method) ? others.subscription(method) : subscriptions.get(method);
    }

    boolean waits(final String method) {
        final JsonRpcMethod own = methods.get(method);
        return own == null ? isForOthers(method) && others.waits(method) : own.waits();
    }

    boolean hasLargeAnswer(final String method) {
        final JsonRpcMethod own = methods.get(method);
        return own != null && own.hasLargeAnswer();
    }
}
