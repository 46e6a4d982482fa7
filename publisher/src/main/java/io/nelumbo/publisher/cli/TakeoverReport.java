package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.config.ConfigError;
import io.nelumbo.config.PeerId;
import io.nelumbo.publisher.migration.Findings;
import io.nelumbo.publisher.node.NodeFolder;
import java.util.ArrayList;
import java.util.List;

/** What a node took over from Lotus, and what is left to do. Owned by the command's thread. */
final class TakeoverReport {
    private final NodeFolder folder;
    private final PeerId peerId;
    private final List<Findings.Taken> taken;
    private final List<Findings.NotTaken> notTaken;
    private final List<String> warnings;

    TakeoverReport(final NodeFolder folder, final PeerId peerId, final Findings findings) {
        this.folder = folder;
        this.peerId = peerId;
        this.taken = new ArrayList<>(findings.taken());
        this.notTaken = new ArrayList<>(findings.notTaken());
        this.warnings = new ArrayList<>(findings.warnings());
        for (final Findings.Bad bad : findings.bad()) {
            notTaken.add(new Findings.NotTaken(bad.what(), bad.wrong() + "; " + bad.fix()));
        }
    }

    /** Notes that the configuration is the user's, not Lotus's. */
    void configGiven() {
        taken.removeIf(it -> it.what().startsWith("["));
        notTaken.removeIf(it -> it.what().startsWith("["));
        notTaken.add(new Findings.NotTaken("config.toml", "--config says what it says here"));
    }

    /** Notes that the keys are protected by their file mode only. */
    void keysInTheClear() {
        warnings.add(
                "the keys are not encrypted: set [Wallet] PassphraseSource, then `nelumbo wallet"
                        + " encrypt`");
    }

    /** Notes that the peer set does not name this node. */
    void membership(final List<ConfigError> errors) {
        errors.forEach(error -> warnings.add(error.text()));
    }

    /** For a human. */
    String text() {
        final List<String> lines = new ArrayList<>();
        lines.add("Made a node in " + folder.root());
        lines.add("peer id: " + peerId);
        lines.add("Taken from Lotus:");
        taken.forEach(it -> lines.add("  " + it.what() + ": " + it.value()));
        lines.add("Not taken:");
        notTaken.forEach(it -> lines.add("  " + it.what() + ": " + it.why()));
        if (!warnings.isEmpty()) {
            lines.add("Beware:");
            warnings.forEach(it -> lines.add("  " + it));
        }
        lines.add("Next:");
        next().forEach(it -> lines.add("  " + it));
        return String.join("\n", lines.stream().map(TakeoverReport::printable).toList());
    }

    /** For a script. */
    ObjectNode json() {
        final ObjectNode json =
                Session.object()
                        .put("folder", folder.root().toString())
                        .put("peerId", peerId.toString())
                        .put("config", folder.configFile().toString());
        final ArrayNode takenList = json.putArray("taken");
        taken.forEach(it -> takenList.addObject().put("what", it.what()).put("value", it.value()));
        final ArrayNode leftList = json.putArray("notTaken");
        notTaken.forEach(it -> leftList.addObject().put("what", it.what()).put("why", it.why()));
        final ArrayNode warningList = json.putArray("warnings");
        warnings.forEach(warningList::add);
        final ArrayNode nextList = json.putArray("next");
        next().forEach(nextList::add);
        return json;
    }

    private List<String> next() {
        return List.of(
                "give the Lotus node other addresses ([API] and [Libp2p] of its config.toml) if it"
                        + " goes on as a chain node, and turn off its ClusterModeEnabled",
                "name it, and others, as [[Upstream]] in " + folder.configFile(),
                "let nobody push by it directly from these accounts any more: their nonces are"
                        + " given out here",
                "`nelumbo config check`, then `nelumbo daemon`",
                "each account opens with its first message, at the nonce that the upstreams report"
                        + " (the highest of them, pending messages included)");
    }

    /** Names in a repo may be anything, and must not steer the terminal. */
    static String printable(final String line) {
        return line.replaceAll("[\\p{Cntrl}&&[^\\n]]", "?");
    }
}
