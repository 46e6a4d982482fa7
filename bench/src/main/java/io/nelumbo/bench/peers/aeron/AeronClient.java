package io.nelumbo.bench.peers.aeron;

import io.nelumbo.bench.peers.LoadDesk;
import java.nio.file.Path;

/** The client process of the Aeron cluster. */
public final class AeronClient {

    private AeronClient() {}

    /** Arguments: a folder in memory, {@link AeronAddresses#text()}, and the bytes of a message. */
    public static void main(final String[] arguments) throws InterruptedException {
        final String directory = Path.of(arguments[0]).resolve("aeron-client").toString();
        try (AeronTarget target =
                AeronTarget.connect(
                        directory,
                        AeronAddresses.parse(arguments[1]),
                        Integer.parseInt(arguments[2]))) {
            LoadDesk.serve(shape -> target);
        }
    }
}
