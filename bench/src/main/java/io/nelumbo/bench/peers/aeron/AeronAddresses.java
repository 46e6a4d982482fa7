package io.nelumbo.bench.peers.aeron;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the members of an Aeron cluster listen, as Aeron writes it down.
 *
 * @param ports {@value #PORTS_PER_MEMBER} of loopback for each member
 */
public record AeronAddresses(List<Integer> ports) {

    /** For clients, consensus, the log, and the archive; catching up chooses its own. */
    public static final int PORTS_PER_MEMBER = 4;

    private static final int CONSENSUS = 1;
    private static final int LOG = 2;
    private static final int ARCHIVE = 3;

    public AeronAddresses {
        if (ports.isEmpty() || ports.size() % PORTS_PER_MEMBER != 0) {
            throw new IllegalArgumentException("expected four ports a member but were " + ports);
        }
        ports = List.copyOf(ports);
    }

    /** Reads ports that are separated by commas. */
    public static AeronAddresses parse(final String text) {
        return new AeronAddresses(Arrays.stream(text.split(",")).map(Integer::valueOf).toList());
    }

    /** What {@link #parse} reads. */
    public String text() {
        return ports.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    public int members() {
        return ports.size() / PORTS_PER_MEMBER;
    }

    /** {@code id,ingress,consensus,log,catchup,archive|…} */
    String clusterMembers() {
        final List<String> members = new ArrayList<>();
        for (int id = 0; id < members(); id++) {
            members.add(
                    String.join(
                            ",",
                            String.valueOf(id),
                            endpoint(id, 0),
                            endpoint(id, CONSENSUS),
                            endpoint(id, LOG),
                            "localhost:0",
                            archive(id)));
        }
        return String.join("|", members);
    }

    /** {@code id=ingress,…} */
    String ingressEndpoints() {
        final List<String> endpoints = new ArrayList<>();
        for (int id = 0; id < members(); id++) {
            endpoints.add(id + "=" + endpoint(id, 0));
        }
        return String.join(",", endpoints);
    }

    String archive(final int id) {
        return endpoint(id, ARCHIVE);
    }

    String log(final int id) {
        return endpoint(id, LOG);
    }

    private String endpoint(final int id, final int purpose) {
        return "localhost:" + ports.get(id * PORTS_PER_MEMBER + purpose);
    }
}
