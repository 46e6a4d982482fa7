package io.nelumbo.publisher.fuzz.run;

import io.nelumbo.publisher.api.ApiDoors;
import io.nelumbo.publisher.api.push.LeaderDoors;
import io.nelumbo.publisher.api.stream.StreamDoors;
import io.nelumbo.publisher.chain.filecoin.ChainDoors;
import io.nelumbo.publisher.fuzz.Door;
import io.nelumbo.publisher.migration.MigrationDoors;
import io.nelumbo.publisher.wallet.WalletDoors;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every way in. */
final class Doors {
    private Doors() {}

    /**
     * @param folder where they may make files
     */
    static List<Door> all(final Path folder) {
        return Stream.of(
                        ChainDoors.all(),
                        WalletDoors.all(),
                        ConfigDoors.all(folder),
                        StorageDoors.all(),
                        MigrationDoors.all(folder),
                        ApiDoors.all(folder),
                        LeaderDoors.all(),
                        StreamDoors.all())
                .flatMap(doors -> doors)
                .toList();
    }
}
