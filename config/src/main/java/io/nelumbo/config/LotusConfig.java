package io.nelumbo.config;

import io.nelumbo.config.Settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code config.toml} of a Lotus full node (1.19 to 1.26) says that means the same here:
 * where it is called and by whom, and the whole section {@code [Cluster]}. Immutable.
 *
 * @param taken what is set there and goes on here
 * @param left what is set there and stays there
 * @param wrong what should go on here and cannot, because it is no right value; nothing of it is
 *     taken
 */
public record LotusConfig(List<Taken> taken, List<Left> left, List<ConfigError> wrong) {
    private static final List<Mapped> MAPPED =
            Stream.concat(
                            Stream.of(
                                    new Mapped(ApiConfig.SECTION, ApiConfig.LISTEN_ADDRESS),
                                    new Mapped(Libp2pConfig.SECTION, Libp2pConfig.LISTEN_ADDRESSES),
                                    new Mapped(FeesConfig.SECTION, FeesConfig.DEFAULT_MAX_FEE)),
                            ClusterConfig.SECTION.keys().stream()
                                    .map(key -> new Mapped(ClusterConfig.SECTION, key)))
                    .toList();

    /** A value that goes on here. */
    public record Taken(String key, String toml) {}

    /** A value, or a whole section, that does not, and why. */
    public record Left(String key, String why) {}

    /**
     * Reads the text of a Lotus node's {@code config.toml}. What is not set there, or is commented
     * out, is not looked for: its default here stands.
     *
     * @param source names it in complaints
     * @param repo the folder that it lies in
     */
    public static LotusConfig read(final String source, final String text, final Path repo) {
        final Settings found = new Settings();
        final List<ConfigError> unknown = new ArrayList<>();
        if (!new TomlReader(source, found, unknown).read(text)) {
            final List<ConfigError> syntax =
                    unknown.stream().filter(error -> error.key().isEmpty()).toList();
            return new LotusConfig(List.of(), List.of(), syntax);
        }
        final List<Left> left = new ArrayList<>();
        unknown.forEach(error -> left.add(new Left(error.key(), whyUnknown(error.key()))));
        final Settings fit = new Settings();
        for (final Mapped mapped : MAPPED) {
            final Setting setting = found.get(mapped.section(), 0, mapped.key());
            final Setting kept = setting == null ? null : fitting(mapped, setting, repo, left);
            if (kept != null) {
                fit.set(mapped.section(), 0, mapped.key(), kept);
            }
        }
        return checked(new Place(source, 0, 0), fit, repo, left);
    }

    /** A configuration for a node here: the commented default, with what was taken set. */
    public String toml() {
        final Map<String, String> set = new LinkedHashMap<>();
        taken.forEach(value -> set.put(value.key(), value.toml()));
        return DefaultConfig.text(set);
    }

    private static LotusConfig checked(
            final Place file, final Settings fit, final Path repo, final List<Left> left) {
        final List<ConfigError> wrong = new ArrayList<>();
        final Values values = new Values(fit, repo, file, wrong);
        final NodeConfig config = NodeConfig.from(values);
        final Place peers = values.placeOf(ClusterConfig.SECTION, ClusterConfig.INIT_PEERSET);
        final boolean noPeers = !PeersetCheck.errors(config.cluster(), peers).isEmpty();
        if (wrong.isEmpty()) {
            wrong.addAll(PeersetCheck.errors(config.cluster(), peers));
        }
        final List<Taken> taken = new ArrayList<>();
        for (final Mapped mapped : MAPPED) {
            final boolean set = fit.get(mapped.section(), 0, mapped.key()) != null;
            final boolean refused =
                    wrong.stream().anyMatch(error -> error.key().equals(mapped.name()))
                            || (noPeers && mapped.foundsCluster());
            if (set && !refused) {
                taken.add(new Taken(mapped.name(), toml(values, mapped.section(), mapped.key())));
            }
        }
        return new LotusConfig(List.copyOf(taken), List.copyOf(left), List.copyOf(wrong));
    }

    private static <T> String toml(final Values values, final Section section, final Key<T> key) {
        return key.type().toToml(values.get(section, key));
    }

    private static @Nullable Setting fitting(
            final Mapped mapped, final Setting setting, final Path repo, final List<Left> left) {
        if (mapped.key().equals(Libp2pConfig.LISTEN_ADDRESSES)
                && setting.raw() instanceof TomlList addresses) {
            return peerPorts(mapped.name(), addresses, setting, left);
        }
        if (mapped.key().equals(ClusterConfig.DATA_FOLDER)
                && setting.raw() instanceof String folder) {
            final String why = whyNoFolder(folder, repo);
            if (why != null) {
                left.add(new Left(mapped.name() + " " + TomlText.quote(folder), why));
                return null;
            }
        }
        return setting;
    }

    /** Of the addresses of a libp2p host those that a member can be reached at. */
    private static @Nullable Setting peerPorts(
            final String name,
            final TomlList addresses,
            final Setting setting,
            final List<Left> left) {
        final List<Object> elements = new ArrayList<>();
        final List<Place> places = new ArrayList<>();
        for (int i = 0; i < addresses.elements().size(); i++) {
            final Object element = addresses.elements().get(i);
            final String why = element instanceof String text ? whyNoPeerPort(text) : null;
            if (why == null) {
                elements.add(element);
                places.add(addresses.places().get(i));
            } else {
                left.add(new Left(name + " " + ValueTypes.quote(element.toString()), why));
            }
        }
        return elements.isEmpty()
                ? null
                : new Setting(new TomlList(elements, places), false, setting.place());
    }

    private static @Nullable String whyNoPeerPort(final String address) {
        if (!address.contains("/tcp/") || address.contains("/ws")) {
            return "peers speak plain TCP here";
        }
        return address.endsWith("/tcp/0")
                ? "another port at each start: a member needs one that stays"
                : null;
    }

    /** Null if a node here may use the folder: what Lotus keeps there must stay as it is. */
    private static @Nullable String whyNoFolder(final String text, final Path repo) {
        if (text.isEmpty()) {
            return "empty means Lotus's own folder there, and \"raft\" in the node's folder here";
        }
        final Path folder;
        try {
            folder = Path.of(text).normalize();
        } catch (final InvalidPathException e) {
            return "is no path: " + e.getReason();
        }
        if (!folder.isAbsolute() || folder.startsWith(repo.toAbsolutePath().normalize())) {
            return "lies in the Lotus repo, or where Lotus was started; \"raft\" in the node's"
                    + " folder is used";
        }
        return isFree(folder)
                ? null
                : "holds Lotus's own data, which stay as they are; \"raft\" in the node's folder is"
                        + " used";
    }

    private static boolean isFree(final Path folder) {
        if (!Files.exists(folder)) {
            return true;
        }
        if (!Files.isReadable(folder) || !Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (final IOException e) {
            // Whoever cannot look into it cannot say that it is free.
            return false;
        }
    }

    private static String whyUnknown(final String key) {
        if (key.startsWith("[API] RemoteListenAddress")) {
            return "`nelumbo auth api-info` prints the address that is bound";
        }
        if (key.startsWith("[API] Timeout")) {
            return "bounds something else than RequestTimeout does here; look at that key";
        }
        if (key.startsWith("[Wallet]")) {
            return "keys outside of the repo (remote wallet, Ledger) cannot be taken; export them"
                    + " where they are and use `nelumbo wallet import`";
        }
        return "concerns the chain node, which stays what it is";
    }

    private record Mapped(Section section, Key<?> key) {
        String name() {
            return section.header() + " " + key.name();
        }

        boolean foundsCluster() {
            return key.equals(ClusterConfig.CLUSTER_MODE_ENABLED)
                    || key.equals(ClusterConfig.INIT_PEERSET);
        }
    }
}
