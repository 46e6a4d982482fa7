package io.nelumbo.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Reads a configuration: a TOML file of at most 256 KiB, overridden by environment variables {@code
 * NELUMBO_<SECTION>_<KEY>}. Collects every mistake that it can find, each with file, line and key.
 * Stateless: any thread.
 */
public final class ConfigLoader {
    private static final int MAX_FILE_BYTES = 256 * 1024;
    private static final int MAX_ERRORS = 100;
    private static final String READABLE = "a readable TOML file of at most 256 KiB";

    private ConfigLoader() {}

    /**
     * Reads a file. Relative folders in it are relative to the folder that it is in.
     *
     * @param environment as of {@link System#getenv()}; what is not ours is passed over
     */
    public static ConfigOutcome load(final Path file, final Map<String, String> environment) {
        final Place place = new Place(file.toString(), 0, 0);
        final byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_FILE_BYTES + 1);
        } catch (final NoSuchFileException e) {
            return refused(place.error("", "there is no such file", READABLE));
        } catch (final IOException e) {
            return refused(place.error("", "cannot be read: " + e.getMessage(), READABLE));
        }
        if (bytes.length > MAX_FILE_BYTES) {
            return refused(
                    place.error("", "is larger than " + MAX_FILE_BYTES + " bytes", READABLE));
        }
        final String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (final CharacterCodingException e) {
            return refused(place.error("", "is not UTF-8", READABLE));
        }
        final Path folder = file.toAbsolutePath().normalize().getParent();
        return load(file.toString(), text, folder == null ? Path.of("/") : folder, environment);
    }

    /**
     * Reads a text.
     *
     * @param source names it in errors
     * @param folder the node's folder: relative folders are relative to it
     */
    public static ConfigOutcome load(
            final String source,
            final String text,
            final Path folder,
            final Map<String, String> environment) {
        final List<ConfigError> errors = new ArrayList<>();
        final Settings settings = new Settings();
        final Place place = new Place(source, 0, 0);
        final boolean wellFormed = new TomlReader(source, settings, errors).read(text);
        new EnvironmentReader(settings, errors).read(environment);
        final Values values = new Values(settings, folder, place, errors);
        final NodeConfig config = NodeConfig.from(values);
        final Place peerset = values.placeOf(ClusterConfig.SECTION, ClusterConfig.INIT_PEERSET);
        if (wellFormed) {
            checkTogether(config, values, peerset, errors);
        }
        if (errors.isEmpty()) {
            return new ConfigOutcome.Loaded(config, new Origin(peerset));
        }
        errors.sort(Comparator.comparingInt(ConfigError::line));
        return new ConfigOutcome.Refused(bounded(errors, place));
    }

    /** The first hundred, and how many more: enough to see that it is the wrong file. */
    private static List<ConfigError> bounded(final List<ConfigError> errors, final Place place) {
        if (errors.size() <= MAX_ERRORS) {
            return List.copyOf(errors);
        }
        final List<ConfigError> first = new ArrayList<>(errors.subList(0, MAX_ERRORS));
        final int more = errors.size() - MAX_ERRORS;
        first.add(place.error("", "has " + more + " more mistakes", "a configuration of Nelumbo"));
        return List.copyOf(first);
    }

    /** What no single key can be blamed for alone. */
    private static void checkTogether(
            final NodeConfig config,
            final Values values,
            final Place peerset,
            final List<ConfigError> errors) {
        final boolean peersUnderstood =
                errors.stream().noneMatch(error -> error.key().contains("InitPeersetMultiAddr"));
        if (peersUnderstood) {
            errors.addAll(PeersetCheck.errors(config.cluster(), peerset));
        }
        final PipelineConfig pipeline = config.pipeline();
        if (pipeline.maxBatchMessages() > pipeline.ringSize()) {
            values.report(
                    PipelineConfig.SECTION,
                    PipelineConfig.MAX_BATCH_MESSAGES,
                    "is " + pipeline.maxBatchMessages() + " and RingSize " + pipeline.ringSize(),
                    "no more messages in a batch than slots in the ring");
        }
        if (config.api().hasDoorsAtOnePlace()) {
            values.report(
                    ApiConfig.SECTION,
                    ApiConfig.STREAM_LISTEN_ADDRESS,
                    "is the place of ListenAddress",
                    "another port: the two doors speak different protocols");
        }
        if (config.journal().folder().startsWith(config.cluster().dataFolder())) {
            values.report(
                    JournalConfig.SECTION,
                    JournalConfig.FOLDER,
                    "lies inside the Raft data folder, which snapshots wipe",
                    "a folder outside [Cluster] DataFolder");
        }
    }

    private static ConfigOutcome refused(final ConfigError error) {
        return new ConfigOutcome.Refused(List.of(error));
    }
}
