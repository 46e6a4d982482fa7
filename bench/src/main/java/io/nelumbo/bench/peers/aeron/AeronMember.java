package io.nelumbo.bench.peers.aeron;

import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ClusteredMediaDriver;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.nelumbo.bench.process.ParentWatch;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * One member of the Aeron cluster, in a process of its own: media driver, archive, consensus module
 * and service. Says {@code READY} when it has started and {@code LEADING} when it leads, and ends
 * with its parent.
 */
public final class AeronMember {

    /** An fsync behind each block that is written, before it counts as recorded. */
    private static final int ON_DATA = 1;

    private static final String LOG_TERM_BYTES = "64m";
    private static final int INGRESS_FRAGMENTS = 256;

    private AeronMember() {}

    /**
     * Arguments: its index, its folder, its folder in memory, and {@link AeronAddresses#text()}.
     */
    @SuppressWarnings("try") // Both run until they are closed.
    public static void main(final String[] arguments) {
        final int id = Integer.parseInt(arguments[0]);
        final Path folder = Path.of(arguments[1]);
        final String directory = Path.of(arguments[2]).resolve("aeron-" + id).toString();
        final AeronAddresses addresses = AeronAddresses.parse(arguments[3]);
        final ParentWatch parent = new ParentWatch();
        try (ClusteredMediaDriver driver =
                        ClusteredMediaDriver.launch(
                                AeronSettings.driver(directory),
                                archive(folder, addresses.archive(id)),
                                consensus(id, folder, directory, addresses));
                ClusteredServiceContainer container =
                        ClusteredServiceContainer.launch(service(folder, directory, parent))) {
            parent.say("READY");
            parent.outlast();
        }
    }

    private static Archive.Context archive(final Path folder, final String control) {
        return new Archive.Context()
                .archiveDir(folder.resolve("archive").toFile())
                .controlChannel("aeron:udp?endpoint=" + control)
                .replicationChannel("aeron:udp?endpoint=localhost:0")
                .recordingEventsEnabled(false)
                .threadingMode(ArchiveThreadingMode.SHARED)
                .idleStrategySupplier(AeronSettings::idle)
                .fileSyncLevel(ON_DATA)
                .catalogFileSyncLevel(ON_DATA);
    }

    private static ConsensusModule.Context consensus(
            final int id,
            final Path folder,
            final String directory,
            final AeronAddresses addresses) {
        return new ConsensusModule.Context()
                .clusterMemberId(id)
                .clusterMembers(addresses.clusterMembers())
                .clusterDir(folder.resolve("cluster").toFile())
                .ingressChannel(AeronSettings.INGRESS_CHANNEL)
                .logChannel("aeron:udp?term-length=" + LOG_TERM_BYTES)
                .replicationChannel("aeron:udp?endpoint=localhost:0")
                .archiveContext(
                        new AeronArchive.Context()
                                .aeronDirectoryName(directory)
                                .controlRequestChannel("aeron:ipc?term-length=64k")
                                .controlResponseChannel("aeron:ipc?term-length=64k"))
                .ingressFragmentLimit(INGRESS_FRAGMENTS)
                .sessionTimeoutNs(TimeUnit.MINUTES.toNanos(10))
                .idleStrategySupplier(AeronSettings::idle)
                .fileSyncLevel(ON_DATA);
    }

    private static ClusteredServiceContainer.Context service(
            final Path folder, final String directory, final ParentWatch parent) {
        return new ClusteredServiceContainer.Context()
                .aeronDirectoryName(directory)
                .clusterDir(folder.resolve("cluster").toFile())
                .idleStrategySupplier(AeronSettings::idle)
                .clusteredService(new AckService(() -> parent.say("LEADING")));
    }
}
