package io.nelumbo.publisher.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a load came to, its warm-up not counted. Immutable.
 *
 * @param offeredPerSecond the rate of an open loop; 0 of a closed one
 * @param seconds from the beginning of the recording to its end, or to the last outcome if that
 *     came later
 * @param latency of the acknowledged messages, from the times when they were due; it does not know
 *     of those that have no outcome, so that with these its end is longer than it looks
 * @param sendLag how far behind its schedule the generator sent: what is not the system's latency
 *     but is in it, and in an open loop the time that was spent waiting for room in flight
 */
public record LoadResult(
        double offeredPerSecond, double seconds, Counts counts, Latency latency, Latency sendLag) {

    /** Acknowledged messages by second. */
    public double achievedPerSecond() {
        return counts.acknowledged() / seconds;
    }

    /** One line of JSON, which {@link #parse} reads back. */
    public String toJsonLine() {
        return new String(StrictJson.ANSWERS.write(toJson()), StandardCharsets.UTF_8);
    }

    /** All of it, with the curves and the histograms. */
    public ObjectNode toJson() {
        final ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("offeredPerSecond", offeredPerSecond)
                        .put("achievedPerSecond", achievedPerSecond())
                        .put("seconds", seconds)
                        .put("acknowledged", counts.acknowledged());
        final ObjectNode refused = json.putObject("refused");
        counts.refused().forEach(refused::put);
        json.put("unknown", counts.unknown()).put("unsent", counts.unsent());
        json.set("latency", latency.toJson());
        json.set("sendLag", sendLag.toJson());
        return json;
    }

    /**
     * Reads what {@link #toJsonLine} or {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static LoadResult parse(final String line) {
        try {
            return of(StrictJson.ANSWERS.read(line.getBytes(StandardCharsets.UTF_8)));
        } catch (final MalformedJson e) {
            throw new IllegalArgumentException("expected the result of a load", e);
        }
    }

    /** As {@link #parse}, of a tree. */
    public static LoadResult of(final JsonNode json) {
        final Map<String, Long> refused = new TreeMap<>();
        json.path("refused")
                .properties()
                .forEach(e -> refused.put(e.getKey(), e.getValue().asLong()));
        final double seconds = json.path("seconds").asDouble();
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("expected the result of a load but was no seconds");
        }
        return new LoadResult(
                json.path("offeredPerSecond").asDouble(),
                seconds,
                new Counts(
                        json.path("acknowledged").asLong(),
                        refused,
                        json.path("unknown").asLong(),
                        json.path("unsent").asLong()),
                Latency.of(json.path("latency")),
                Latency.of(json.path("sendLag")));
    }
}
