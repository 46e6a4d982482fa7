package io.nelumbo.bench.peers.ratis;

import io.nelumbo.bench.peers.LoadDesk;
import java.io.IOException;

/** The client process of the raw Ratis cluster. */
public final class RatisClient {

    private RatisClient() {}

    /** Arguments: the ports of all members, separated by commas, and the bytes of a message. */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        try (RatisTarget target =
                RatisTarget.connect(
                        RatisMember.ports(arguments[0]), Integer.parseInt(arguments[1]))) {
            LoadDesk.serve(
                    shape -> {
                        target.begin(RatisShape.parse(shape));
                        return target;
                    });
        }
    }
}
