package io.nelumbo.publisher.cli.devnet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Owned by the devnet's main thread. Asks nodes how they stand, through their health page, and
 * waits until they stand well.
 */
public final class Readiness {
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(2);
    private static final long LOOK_EVERY_NS = 50_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ASK_TIMEOUT).build();

    /** How a node stands; a missing node when it does not answer. */
    public JsonNode of(final DevnetNode node) throws InterruptedException {
        final HttpRequest request =
                HttpRequest.newBuilder(node.api().url("/health/readyz"))
                        .timeout(ASK_TIMEOUT)
                        .build();
        try {
            return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (final IOException e) {
            // Not there (yet): that is an answer too.
            return MissingNode.getInstance();
        }
    }

    /** Peer id of the leader that some running node knows, or empty while none does. */
    public String leader(final List<DevnetNode> nodes) throws InterruptedException {
        for (final DevnetNode node : nodes) {
            final String leader = of(node).path("leader").asText();
            if (!leader.isEmpty()) {
                return leader;
            }
        }
        return "";
    }

    /** Whether every node is ready and has applied as much as the others. */
    public boolean isLevel(final List<DevnetNode> nodes) throws InterruptedException {
        final long first = of(nodes.get(0)).path("appliedIndex").asLong(-1);
        for (final DevnetNode node : nodes) {
            final JsonNode state = of(node);
            if (!state.path("ready").asBoolean()
                    || state.path("appliedIndex").asLong(-2) != first) {
                return false;
            }
        }
        return true;
    }

    /**
     * Waits until every node is ready and has applied as much as the others, and says when that was
     * ({@code ready after 4321 ms}): for whoever started this program and waits for that line.
     *
     * @param progress is told, once
     * @return milliseconds since this Java began
     */
    public long awaitReady(
            final List<DevnetNode> nodes, final long deadlineNs, final Consumer<String> progress)
            throws InterruptedException, TimeoutException {
        await("the nodes to start", deadlineNs, () -> isLevel(nodes));
        final long readyMs = ManagementFactory.getRuntimeMXBean().getUptime();
        progress.accept("ready after %d ms".formatted(readyMs));
        return readyMs;
    }

    /** Looks until a condition holds. */
    public static void await(final String what, final long deadlineNs, final Condition condition)
            throws InterruptedException, TimeoutException {
        while (!condition.holds()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new TimeoutException("waited in vain for " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }

    /** Something that comes true. */
    public interface Condition {
        boolean holds() throws InterruptedException;
    }
}
