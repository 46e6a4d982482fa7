package io.nelumbo.publisher.trace;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps the spans that were ended, in that order. Any thread. */
public final class RecordingTracer implements Tracer {

    /** A span that was ended; {@code failure} is empty for a good end. */
    public record Ended(
            String name,
            Role role,
            @Nullable TraceParent parent,
            TraceParent place,
            Map<String, Object> attributes,
            String failure) {}

    private static final AtomicInteger IDS = new AtomicInteger();

    private final CopyOnWriteArrayList<Ended> ended = new CopyOnWriteArrayList<>();

    public List<Ended> ended() {
        return List.copyOf(ended);
    }

    /** The one span of that name. */
    public Ended one(final String name) {
        final List<Ended> found = ended.stream().filter(span -> span.name().equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one span " + name + " but was " + ended);
        }
        return found.get(0);
    }

    @Override
    public Span begin(final String name, final Role role, final @Nullable TraceParent parent) {
        final String traceId =
                parent == null ? "%032x".formatted(IDS.incrementAndGet()) : parent.traceId();
        final TraceParent place =
                new TraceParent("00-%s-%016x-01".formatted(traceId, IDS.incrementAndGet()));
        return new Recorded(name, role, parent, place, new ConcurrentHashMap<>());
    }

    private final class Recorded implements Span {
        private final String name;
        private final Role role;
        private final @Nullable TraceParent parent;
        private final TraceParent place;
        private final Map<String, Object> attributes;

        private Recorded(
                final String name,
                final Role role,
                final @Nullable TraceParent parent,
                final TraceParent place,
                final Map<String, Object> attributes) {
            this.name = name;
            this.role = role;
            this.parent = parent;
            this.place = place;
            this.attributes = attributes;
        }

        @Override
        public TraceParent place() {
            return place;
        }

        @Override
        public Span with(final String attribute, final String value) {
            attributes.put(attribute, value);
            return this;
        }

        @Override
        public Span with(final String attribute, final long value) {
            attributes.put(attribute, value);
            return this;
        }

        @Override
        public void end() {
            fail("");
        }

        @Override
        public void fail(final String why) {
            ended.add(new Ended(name, role, parent, place, Map.copyOf(attributes), why));
        }
    }
}
