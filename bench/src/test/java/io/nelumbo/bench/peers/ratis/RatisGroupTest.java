package io.nelumbo.bench.peers.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.statemachine.raft.OurRatisProperties;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peer below us runs with the settings that we run with. */
class RatisGroupTest {

    private static final String ITS_OWN_PLACE = "each member's own place";
    private static final String NO_STATE = "the peer has no state, so no snapshots and no purging";

    /** What differs on purpose, and why. */
    private static final Map<String, String> EXCEPTIONS =
            Map.ofEntries(
                    Map.entry("raft.server.storage.dir", ITS_OWN_PLACE),
                    Map.entry("raft.server.removed.groups.dir", ITS_OWN_PLACE),
                    Map.entry("raft.grpc.server.port", ITS_OWN_PLACE),
                    Map.entry(
                            "raft.server.storage.free-space.min",
                            "ours refuse to start on a full disk; no question of speed"),
                    Map.entry(
                            "raft.rpc.type",
                            "ours send entries with appenders of our own, which skip what Ratis"
                                    + " does needlessly; the peer is Ratis as it comes"),
                    Map.entry(
                            "raft.server.log.append-entries.compose.enabled",
                            "off at ours because it loses entries; the peer keeps the default"),
                    Map.entry("raft.server.snapshot.auto.trigger.enabled", NO_STATE),
                    Map.entry("raft.server.snapshot.auto.trigger.threshold", NO_STATE),
                    Map.entry("raft.server.snapshot.retention.file.num", NO_STATE),
                    Map.entry("raft.server.log.purge.gap", NO_STATE),
                    Map.entry("raft.server.log.purge.upto.snapshot.index", NO_STATE),
                    Map.entry(
                            "raft.client.async.outstanding-requests.max",
                            "the peer's load comes through Ratis's client, ours through our door"),
                    Map.entry(
                            "raft.client.rpc.request.timeout",
                            "of calls to the leader, which no load of ours makes"));

    @TempDir private Path folder;

    @Test
    void shouldDifferFromOurMembersOnlyWhereAReasonIsGiven() {
        final RaftProperties ours = OurRatisProperties.standard(folder);
        final RaftProperties peers = RatisGroup.memberProperties(2);

        final Map<String, String> differences = new TreeMap<>();
        for (final String key : keys()) {
            if (!Objects.equals(ours.getRaw(key), peers.getRaw(key))) {
                differences.put(key, ours.getRaw(key) + " and " + peers.getRaw(key));
            }
        }

        assertThat(differences).containsOnlyKeys(EXCEPTIONS.keySet());
    }

    @Test
    void shouldKnowEveryKeyThatOurMembersSet() {
        final RaftProperties ours = OurRatisProperties.standard(folder);

        assertThat(keys().stream().filter(key -> ours.getRaw(key) != null)).hasSize(ours.size());
    }

    /** Of all that Ratis can be told, as its classes name it. */
    private static Set<String> keys() {
        final Set<String> keys = new TreeSet<>();
        addKeys(RaftConfigKeys.class, keys);
        addKeys(RaftServerConfigKeys.class, keys);
        addKeys(RaftClientConfigKeys.class, keys);
        addKeys(GrpcConfigKeys.class, keys);
        return keys;
    }

    private static void addKeys(final Class<?> names, final Set<String> keys) {
        for (final Field field : names.getFields()) {
            if (field.getType() == String.class && field.getName().endsWith("_KEY")) {
                try {
                    keys.add((String) field.get(null));
                } catch (final IllegalAccessException e) {
                    throw new AssertionError("expected a public field", e);
                }
            }
        }
        for (final Class<?> nested : names.getClasses()) {
            addKeys(nested, keys);
        }
    }
}
