package io.nelumbo.bench.cluster;

import io.nelumbo.bench.peers.LoadDesk;
import java.util.Arrays;

/** The client process of our own members. */
public final class MemberClient {

    private MemberClient() {}

    /** Arguments: the ports of all doors, separated by commas, and the bytes of a message. */
    public static void main(final String[] arguments) throws InterruptedException {
        try (MemberTarget target =
                MemberTarget.connect(
                        Arrays.stream(arguments[0].split(",", -1)).map(Integer::valueOf).toList(),
                        Integer.parseInt(arguments[1]))) {
            LoadDesk.serve(shape -> target.begin());
        }
    }
}
