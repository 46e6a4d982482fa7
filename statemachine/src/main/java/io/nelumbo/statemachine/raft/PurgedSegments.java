package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees the space of purged log segments on a thread of our own, one after the other.
 *
 * <p>Ratis purges on the thread that writes and forces the log: 6 to 8 ms for each 8 MB, a quarter
 * of a second for what a snapshot makes superfluous, and every message waits. So each segment that
 * is about to be purged gets a second name in a folder beside Ratis's. Taking the first away is
 * quick then, and frees nothing; the second is removed when the first is gone. A second name says
 * nothing about the log: all are removed at a start, and if none can be given, Ratis frees the
 * space itself, as ever. What else may be in the folder is somebody else's, and left alone.
 *
 * <p>Named on the thread that writes a snapshot, removed on another; what they share is the folder.
 */
final class PurgedSegments {

    private static final Logger LOG = LoggerFactory.getLogger(PurgedSegments.class);

    /** Closed ones only: Ratis purges no other. */
    private static final Pattern CLOSED_SEGMENT = Pattern.compile("log_(\\d+)-(\\d+)");

    private static final Duration FREE_EVERY = Duration.ofMillis(100);

    /** One more at a time for each so many that wait: the log may grow faster than one by one. */
    private static final int BACKLOG_PER_MORE = 32;

    private final Path log;
    private final Path folder;

    /** Something is wrong with the folder: nothing is named any more. */
    private volatile boolean givenUp;

    /**
     * @param log Ratis's folder of segments, there or not
     * @param folder where the second names are kept, on the same file system; ours
     */
    PurgedSegments(final Path log, final Path folder) {
        this.log = log;
        this.folder = folder;
    }

    /** Removes what a run before left. Before anything else is done here. */
    void clear() throws IOException {
        Files.createDirectories(folder);
        for (final Path name : inOrder()) {
            Files.delete(name);
        }
    }

    /** Frees what is purged from now on, until it is closed. */
    PeriodicTask start() {
        return PeriodicTask.start("purged-segments", FREE_EVERY, this::freeSome, this::failed);
    }

    private void failed(final Throwable failure) {
        givenUp = true;
        LOG.error("{} is not emptied any more until this node is started again", folder, failure);
    }

    /** Names the segments that a snapshot at this index makes superfluous. */
    void nameUpTo(final long index) {
        if (givenUp) {
            return;
        }
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(log)) {
            for (final Path segment : segments) {
                final Matcher closed = closed(segment);
                if (closed.matches() && Long.parseLong(closed.group(2)) <= index) {
                    nameAgain(segment, folder.resolve(segment.getFileName()));
                }
            }
        } catch (final IOException | RuntimeException e) {
            // Whatever it is: only speed is lost, and that is no reason to halt a node.
            nameNoMore(e);
        }
    }

    private static void nameAgain(final Path segment, final Path name) throws IOException {
        // There already if the log waits for a member, and was not purged after the last snapshot.
        if (!Files.exists(name)) {
            try {
                Files.createLink(name, segment);
            } catch (final NoSuchFileException e) {
                if (Files.exists(segment)) {
                    throw e;
                }
                LOG.debug("{} was purged before it had a second name", segment);
            }
        }
    }

    /** Frees the space of a segment that Ratis has purged, of more if many wait. */
    void freeSome() {
        try {
            final List<Path> all = inOrder();
            final int some = Math.min(all.size(), 1 + all.size() / BACKLOG_PER_MORE);
            for (final Path name : all.subList(0, some)) {
                // Ratis deletes in this order: what follows one that is there is there, too.
                if (Files.exists(log.resolve(name.getFileName()))) {
                    return;
                }
                Files.delete(name);
            }
        } catch (final IOException | RuntimeException e) {
            nameNoMore(e);
        }
    }

    private List<Path> inOrder() throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            return names.filter(name -> closed(name).matches())
                    .sorted(Comparator.comparingLong(PurgedSegments::beginning))
                    .toList();
        }
    }

    private static Matcher closed(final Path segment) {
        return CLOSED_SEGMENT.matcher(segment.getFileName().toString());
    }

    private static long beginning(final Path segment) {
        final Matcher name = closed(segment);
        if (!name.matches()) {
            throw new IllegalStateException("expected a closed log segment but was " + segment);
        }
        return Long.parseLong(name.group(1));
    }

    /** What has a name goes on being freed. */
    private void nameNoMore(final Exception failure) {
        if (!givenUp) {
            givenUp = true;
            LOG.warn(
                    "{} cannot be used, so that each purge of the log holds this node up for a"
                            + " moment until it is started again: {}",
                    folder,
                    failure.toString());
        }
    }
}
