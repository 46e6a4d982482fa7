package io.nelumbo.bench.compare;

import java.util.Arrays;
import java.util.List;

/**
 * What one thing came to each time that it was measured.
 *
 * @param samples at least one, in the order of measuring
 */
record Series(List<Double> samples) {

    Series {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("expected at least one sample");
        }
        samples = List.copyOf(samples);
    }

    static Series of(final double... samples) {
        return new Series(Arrays.stream(samples).boxed().toList());
    }

    /** The middle one; of an even number, the mean of the two in the middle. */
    double median() {
        final List<Double> sorted = samples.stream().sorted().toList();
        final int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double min() {
        return samples.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double max() {
        return samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
