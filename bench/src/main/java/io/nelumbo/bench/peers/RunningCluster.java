package io.nelumbo.bench.peers;

import io.nelumbo.bench.process.ChildJvm;
import io.nelumbo.publisher.load.LoadPlan;
import io.nelumbo.publisher.load.LoadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three members and a client, each in a process of its own. Used by one thread. */
public final class RunningCluster implements AutoCloseable {

    /** Members say so when they have started. */
    public static final String READY = "READY";

    private static final int MEMBERS = 3;
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration RESULT_PATIENCE = Duration.ofSeconds(20);

    private final List<ChildJvm> children = new ArrayList<>();
    private final List<AutoCloseable> belongings = new ArrayList<>();

    /** The arguments of a member by its index. */
    @FunctionalInterface
    public interface MemberArguments {
        List<String> of(int index, Path folder);
    }

    private RunningCluster() {}

    /**
     * Starts three members, and the client when they have started.
     *
     * @param name of the contestant, for the names of the processes
     * @param folder for a folder of each member and for what the processes complain of
     */
    public static RunningCluster start(
            final String name,
            final Path folder,
            final Processes processes,
            final AutoCloseable... belongings)
            throws IOException {
        final RunningCluster cluster = new RunningCluster();
        cluster.belongings.addAll(List.of(belongings));
        try {
            cluster.startAll(name, folder, processes);
        } catch (final IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /**
     * What runs in them.
     *
     * @param clientArguments of a client that ends up in {@link LoadDesk#serve}
     */
    public record Processes(
            Class<?> member,
            MemberArguments memberArguments,
            Class<?> client,
            List<String> clientArguments) {}

    /** Runs one load at the client. */
    public LoadResult run(final LoadOrder order) {
        client().say(order.text());
        final LoadPlan plan = order.plan();
        return LoadResult.parse(
                client().await(
                                LoadDesk.RESULT,
                                plan.warmUp()
                                        .plus(plan.duration())
                                        .plus(plan.patience())
                                        .plus(RESULT_PATIENCE)));
    }

    /** The members, in the order of their indices. */
    public List<ChildJvm> members() {
        return List.copyOf(children.subList(0, MEMBERS));
    }

    @Override
    public void close() {
        // The client first: it would complain of members that are gone.
        for (int n = children.size() - 1; n >= 0; n--) {
            children.get(n).close();
        }
        for (final AutoCloseable belonging : belongings) {
            try {
                belonging.close();
            } catch (final Exception e) {
                throw new IllegalStateException("expected to close " + belonging, e);
            }
        }
    }

    private ChildJvm client() {
        return children.get(MEMBERS);
    }

    private void startAll(final String name, final Path folder, final Processes processes)
            throws IOException {
        for (int index = 0; index < MEMBERS; index++) {
            children.add(
                    ChildJvm.start(
                            name + "-" + index,
                            processes.member(),
                            processes.memberArguments().of(index, folder.resolve("m" + index)),
                            folder));
        }
        for (final ChildJvm member : children) {
            member.await(READY, START_PATIENCE);
        }
        final ChildJvm client =
                ChildJvm.start(
                        name + "-client", processes.client(), processes.clientArguments(), folder);
        children.add(client);
        client.await(LoadDesk.CONNECTED, START_PATIENCE);
    }
}
