package io.nelumbo.publisher.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as it came: one call, or a batch of any number. */
record IncomingRequest(boolean isBatch, List<IncomingCall> calls) {

    /**
     * Reads a request strictly. Repeated keys are refused, because two readers could take two of
     * them; they may stand in parameters that nobody here reads, because all of the request is for
     * others.
     *
     * @param endpoint whose methods want their parameters as a tree; others want them raw
     */
    static IncomingRequest read(final byte[] request, final Endpoint endpoint)
            throws MalformedJson {
        try {
            return of(StrictJson.REQUESTS.read(request), request, endpoint);
        } catch (final MalformedJson refused) {
            final IncomingRequest unread = unread(request, endpoint);
            if (unread == null) {
                throw refused;
            }
            return unread;
        }
    }

    private static @Nullable IncomingRequest unread(final byte[] request, final Endpoint endpoint) {
        try {
            final IncomingRequest lenient =
                    of(StrictJson.REPEATING_REQUESTS.read(request), request, endpoint);
            return lenient.calls().stream().allMatch(call -> isForOthers(call, endpoint))
                    ? lenient
                    : null;
        } catch (final MalformedJson otherwise) {
            // The strict reading says what is wrong.
            return null;
        }
    }

    private static boolean isForOthers(final IncomingCall call, final Endpoint endpoint) {
        return call.body().path("method").isTextual() && endpoint.isForOthers(call.method());
    }

    /** The raw parameters are looked for only where somebody wants them. */
    private static IncomingRequest of(
            final JsonNode node, final byte[] request, final Endpoint endpoint)
            throws MalformedJson {
        final List<JsonNode> bodies = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(bodies::add);
        } else {
            bodies.add(node);
        }
        final boolean raw = bodies.stream().anyMatch(body -> wantsRawParams(body, endpoint));
        final List<@Nullable RawJson> params = raw ? RawMembers.paramsOf(request) : List.of();
        final List<IncomingCall> calls = new ArrayList<>(bodies.size());
        for (int i = 0; i < bodies.size(); i++) {
            calls.add(new IncomingCall(bodies.get(i), raw ? params.get(i) : null));
        }
        return new IncomingRequest(node.isArray(), calls);
    }

    private static boolean wantsRawParams(final JsonNode body, final Endpoint endpoint) {
        return body.path("method").isTextual()
                && !endpoint.methods().containsKey(body.path("method").textValue());
    }
}
