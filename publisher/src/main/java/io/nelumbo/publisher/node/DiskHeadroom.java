package io.nelumbo.publisher.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether every disk under the node has room, and a line in the log when one of them has no more,
 * or has again: clients learn that a disk is full, and its operator which. Owned by the one thread
 * that asks, the sequencer's.
 */
final class DiskHeadroom implements BooleanSupplier {
    private static final Logger LOG = LoggerFactory.getLogger(DiskHeadroom.class);

    /**
     * A disk to watch.
     *
     * @param part what of the node's is on it, in the operator's words
     */
    record Disk(String part, Path folder, BooleanSupplier hasHeadroom) {}

    private final List<Disk> disks;
    private final List<Disk> full = new ArrayList<>();

    DiskHeadroom(final List<Disk> disks) {
        this.disks = List.copyOf(disks);
    }

    @Override
    public boolean getAsBoolean() {
        for (int n = 0; n < disks.size(); n++) {
            look(disks.get(n));
        }
        return full.isEmpty();
    }

    private void look(final Disk disk) {
        final boolean hasHeadroom = disk.hasHeadroom().getAsBoolean();
        if (!hasHeadroom && !full.contains(disk)) {
            full.add(disk);
            LOG.warn(
                    "taking no new messages: the disk of the {} in {} is nearly full; free some"
                            + " space, no restart is needed",
                    disk.part(),
                    disk.folder());
        } else if (hasHeadroom && full.remove(disk)) {
            LOG.info("the disk of the {} in {} has room again", disk.part(), disk.folder());
        }
    }
}
