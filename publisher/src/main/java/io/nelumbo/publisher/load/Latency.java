package io.nelumbo.publisher.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How long messages took: a histogram of nanoseconds, exact to a thousandth, whose longest is an
 * hour. Figures are microseconds; 0 when nothing was recorded.
 *
 * @param histogram not to be changed
 */
public record Latency(Histogram histogram) {
    static final long MAX_NS = TimeUnit.HOURS.toNanos(1);
    static final int SIGNIFICANT_DIGITS = 3;

    /** Of the curve, between 0 and 50 %, between 50 and 75 %, and so on. */
    private static final int TICKS_PER_HALF_DISTANCE = 5;

    private static final double NS_PER_US = 1000;

    /** Nothing recorded yet. One thread fills it. */
    static Histogram empty() {
        return new Histogram(MAX_NS, SIGNIFICANT_DIGITS);
    }

    /** Takes times one by one. Owned by one thread. */
    public static final class Recording {
        private final Histogram histogram = empty();

        /** Adds a time in nanoseconds. */
        public void add(final long ns) {
            histogram.recordValue(Math.min(Math.max(0, ns), MAX_NS));
        }

        /** All so far; a copy. */
        public Latency latency() {
            return new Latency(histogram.copy());
        }
    }

    /** Reads what {@link #toJson()} wrote. Throws {@link IllegalArgumentException} if it is not. */
    static Latency of(final JsonNode json) {
        try {
            final byte[] compressed = Base64.getDecoder().decode(json.path("histogram").asText());
            return new Latency(
                    Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(compressed), MAX_NS));
        } catch (final DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("expected a compressed histogram", e);
        }
    }

    /** What so many per cent, 0 to 100, did not exceed. */
    public double percentileUs(final double percent) {
        return histogram.getTotalCount() == 0
                ? 0
                : histogram.getValueAtPercentile(percent) / NS_PER_US;
    }

    public double p50Us() {
        return percentileUs(50);
    }

    public double p90Us() {
        return percentileUs(90);
    }

    public double p99Us() {
        return percentileUs(99);
    }

    public double p999Us() {
        return percentileUs(99.9);
    }

    public double maxUs() {
        return histogram.getMaxValue() / NS_PER_US;
    }

    /** How many of them, one behind the other, take a second; 0 when nothing was recorded. */
    public double perSecond() {
        final double meanNs = histogram.getMean();
        return meanNs == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / meanNs;
    }

    /**
     * {@code count}, the figures, {@code curve} (points of per cent and microseconds, denser
     * towards the end), and {@code histogram}: all of it in HdrHistogram's compressed form, base64.
     */
    public ObjectNode toJson() {
        final ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("count", histogram.getTotalCount())
                        .put("p50Us", p50Us())
                        .put("p90Us", p90Us())
                        .put("p99Us", p99Us())
                        .put("p999Us", p999Us())
                        .put("maxUs", maxUs());
        final ArrayNode curve = json.putArray("curve");
        for (final HistogramIterationValue point : histogram.percentiles(TICKS_PER_HALF_DISTANCE)) {
            curve.addArray()
                    .add(point.getPercentileLevelIteratedTo())
                    .add(point.getValueIteratedTo() / NS_PER_US);
        }
        return json.put("histogram", Base64.getEncoder().encodeToString(compressed()));
    }

    private byte[] compressed() {
        final ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Arrays.copyOf(bytes.array(), length);
    }
}
