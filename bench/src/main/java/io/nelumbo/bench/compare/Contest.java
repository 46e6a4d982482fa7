package io.nelumbo.bench.compare;

import io.nelumbo.bench.peers.Contestant;
import io.nelumbo.bench.peers.RunningCluster;
import io.nelumbo.bench.process.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs contestants in turn, A B A B: what drifts on the machine drifts for all of them. Each time
 * its processes are new and warm up first, for the same time. A contestant that fails spoils its
 * own figures and nobody else's. One thread.
 */
final class Contest {

    private final Path parent;
    private final Lengths lengths;
    private final Consumer<String> progress;
    private final Standings standings = new Standings();

    /**
     * A contest.
     *
     * @param parent a folder on a disk, for what the contestants write
     * @param progress is told what happens now
     */
    Contest(final Path parent, final Lengths lengths, final Consumer<String> progress) {
        this.parent = parent;
        this.lengths = lengths;
        this.progress = progress;
    }

    /** Ours come first: their peers get the rate that ours could stand, too. */
    Standings run(final List<Contestant> contestants) throws IOException {
        for (int round = 1; round <= lengths.rounds(); round++) {
            for (final Contestant contestant : contestants) {
                progress.accept(
                        "round " + round + " of " + lengths.rounds() + ": " + contestant.name());
                play(contestant);
            }
        }
        return standings;
    }

    private void play(final Contestant contestant) throws IOException {
        try (WorkFolder folder = WorkFolder.onDisk(parent)) {
            final RunningCluster cluster;
            try {
                cluster = contestant.start(folder.path());
            } catch (final IllegalStateException e) {
                progress.accept("  " + e.getMessage());
                standings.fault(contestant.name(), "it did not start: " + Turn.firstLine(e));
                return;
            }
            try (cluster) {
                new Turn(contestant, cluster::run, lengths, standings, progress).play();
            }
        }
    }
}
