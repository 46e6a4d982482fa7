package io.nelumbo.bench.peers.ratis;

import io.nelumbo.bench.process.ParentWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.storage.RaftStorage;

/**
 * One member of the raw Ratis cluster, in a process of its own. Says {@code READY} when it has
 * started and {@code LEADING} when it leads, and ends with its parent.
 */
public final class RatisMember {

    private RatisMember() {}

    /** Arguments: its index, its folder, and the ports of all members, separated by commas. */
    public static void main(final String[] arguments) throws IOException {
        final int index = Integer.parseInt(arguments[0]);
        final List<Integer> ports = ports(arguments[2]);
        final RaftProperties properties = RatisGroup.memberProperties(ports.get(index));
        RaftServerConfigKeys.setStorageDir(
                properties, List.of(Path.of(arguments[1]).resolve("raft").toFile()));
        final ParentWatch parent = new ParentWatch();
        try (RaftServer server =
                RaftServer.newBuilder()
                        .setServerId(RatisGroup.member(index))
                        .setGroup(RatisGroup.at(ports))
                        .setProperties(properties)
                        .setOption(RaftStorage.StartupOption.FORMAT)
                        .setStateMachine(new NoOpStateMachine(() -> parent.say("LEADING")))
                        .build()) {
            server.start();
            parent.say("READY");
            parent.outlast();
        }
    }

    static List<Integer> ports(final String text) {
        return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }
}
