package io.nelumbo.bench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelumbo.bench.cluster.NelumboContestant;
import io.nelumbo.bench.peers.Contestant;
import io.nelumbo.bench.peers.aeron.AeronContestant;
import io.nelumbo.bench.peers.ratis.RatisContestant;
import io.nelumbo.bench.process.JvmFlags;
import io.nelumbo.publisher.load.DiskProbe;
import io.nelumbo.publisher.load.Latency;
import io.nelumbo.publisher.load.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the comparison. The main thread. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description =
                "Measures Nelumbo beside its peers on this machine: three member processes and a"
                        + " client each, the same load, one after the other, round after round."
                        + " Exits with 1 if a load was not acknowledged whole.")
public final class CompareCommand implements Callable<Integer> {

    static final int MESSAGE_BYTES = 256;
    private static final double US_PER_MS = 1000;
    private static final Duration WARM_UP = Duration.ofMinutes(3);
    private static final Duration QUICK_WARM_UP = Duration.ofSeconds(6);
    private static final Set<String> PARTS =
            Stream.concat(Stream.of("nelumbo", "ratis", "aeron", "disk"), Alone.PARTS.stream())
                    .collect(Collectors.toUnmodifiableSet());

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "<name>",
            description =
                    "Some of: nelumbo, ratis, aeron, disk, signing, failover, steady, stages,"
                            + " scale, rpc, start. Default: all.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object a line for each comparison.")
    private boolean json;

    @Option(names = "--quick", description = "One short round, hardly warm: to see that it works.")
    private boolean quick;

    @Option(
            names = "--rounds",
            paramLabel = "<n>",
            description = "Each contestant runs so often. Default: ${DEFAULT-VALUE}.")
    private int rounds = 2;

    @Option(
            names = "--warm-up",
            paramLabel = "<seconds>",
            description =
                    "How long each contestant's new processes run before anything is recorded."
                            + " Default: 180, with --quick 6.")
    private @Nullable Integer warmUpSeconds;

    @Option(
            names = "--folder",
            paramLabel = "<path>",
            defaultValue = "${sys:nelumbo.home:-.}/bench/target",
            description =
                    "On the disk that is measured; what is written there is deleted at the end."
                            + " Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("");

    @Option(
            names = "--launcher",
            paramLabel = "<path>",
            defaultValue = "${sys:nelumbo.home:-.}/publisher/bin/nelumbo",
            description = "Of nodes that are measured whole. Default: ${DEFAULT-VALUE}.")
    private Path launcher = Path.of("");

    /** See {@code --help}. */
    public static void main(final String[] arguments) {
        System.exit(new CommandLine(new CompareCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Set<String> unknown = new TreeSet<>(only);
        unknown.removeAll(PARTS);
        if (!unknown.isEmpty() || rounds < 1 || warmUp().isNegative()) {
            System.err.println(
                    "expected --only with some of "
                            + new TreeSet<>(PARTS)
                            + ", rounds from 1 and a warm-up from 0 but was "
                            + unknown
                            + ", "
                            + rounds
                            + " and "
                            + warmUp().toSeconds());
            return CommandLine.ExitCode.USAGE;
        }
        final String disk = disk();
        final Standings standings = new Contest(folder, lengths(), this::tell).run(contestants());
        final List<Item> items = new ArrayList<>();
        if (!standings.contestants().isEmpty()) {
            items.addAll(new ClusterItems(standings).items());
        }
        items.addAll(
                new Alone(launcher.toAbsolutePath(), folder, quick, this::tell)
                        .items(this::isAsked));
        items.sort(Comparator.comparingInt(Item::item));
        report(standings, items, disk);
        return standings.faults().isEmpty()
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    private void report(final Standings standings, final List<Item> items, final String disk)
            throws IOException {
        final StringBuilder tables = new StringBuilder(disk).append('\n');
        if (!standings.contestants().isEmpty()) {
            tables.append(Tables.of(standings)).append('\n');
        }
        if (!items.isEmpty()) {
            tables.append(Tables.of(items));
        }
        if (json) {
            final ObjectMapper mapper = new ObjectMapper();
            for (final Item item : items) {
                System.out.println(mapper.writeValueAsString(ItemJson.of(item)));
            }
        } else {
            System.out.println(tables);
        }
        if (!standings.contestants().isEmpty()) {
            final Path page = folder.resolve("compare.html");
            Files.writeString(page, CurvePage.of(standings, about(), tables.toString()));
            tell("curves: " + page.toAbsolutePath());
        }
    }

    private String disk() throws IOException {
        if (!isAsked("disk")) {
            return "";
        }
        Files.createDirectories(folder);
        final String kind = RealDisk.under(folder);
        final Latency forces = DiskProbe.run(folder, Duration.ofSeconds(quick ? 1 : 3));
        return "disk ("
                + kind
                + "), 4 KiB append + fdatasync: "
                + Figures.text(forces.perSecond())
                + "/s, p50 "
                + Figures.text(forces.p50Us() / US_PER_MS)
                + " ms, p99 "
                + Figures.text(forces.p99Us() / US_PER_MS)
                + " ms\n";
    }

    private Lengths lengths() {
        return quick
                ? new Lengths(1, warmUp(), Duration.ofSeconds(2))
                : new Lengths(rounds, warmUp(), Duration.ofSeconds(4));
    }

    private Duration warmUp() {
        if (warmUpSeconds != null) {
            return Duration.ofSeconds(warmUpSeconds);
        }
        return quick ? QUICK_WARM_UP : WARM_UP;
    }

    private List<Contestant> contestants() {
        final List<Contestant> all =
                List.of(
                        new NelumboContestant(MESSAGE_BYTES),
                        new RatisContestant(MESSAGE_BYTES),
                        new AeronContestant(MESSAGE_BYTES));
        return all.stream().filter(contestant -> isAsked(contestant.name())).toList();
    }

    private boolean isAsked(final String part) {
        return only.isEmpty() || only.contains(part);
    }

    private void tell(final String line) {
        System.err.println("compare: " + line);
    }

    private String about() {
        return "Messages of "
                + MESSAGE_BYTES
                + " bytes; three members and a client, each in a process of its own on loopback;"
                + " fsync on; acknowledged to the client. "
                + Runtime.getRuntime().availableProcessors()
                + " cores, Java "
                + Runtime.version()
                + ", "
                + String.join(" ", JvmFlags.heapAndCollector())
                + ". Open loops are corrected for coordinated omission.";
    }
}
