package io.nelumbo.statemachine.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The cluster as it was founded. The id stays when members come and go later.
 *
 * @param id names the Raft group and its folder
 * @param members at least one, no peer id twice
 */
public record RaftCluster(UUID id, List<RaftMember> members) {

    public RaftCluster {
        members = List.copyOf(members);
        final long distinct = members.stream().map(RaftMember::peerId).distinct().count();
        if (members.isEmpty() || distinct != members.size()) {
            throw new IllegalArgumentException(
                    "expected members with distinct peer ids but were " + members);
        }
    }

    /** The cluster of an initial peer set; its id follows from the peer ids alone. */
    public static RaftCluster foundedBy(final List<RaftMember> members) {
        final String founders =
                members.stream()
                        .map(RaftMember::peerId)
                        .sorted()
                        .collect(Collectors.joining("\n", "nelumbo cluster\n", "\n"));
        return new RaftCluster(UUID.nameUUIDFromBytes(founders.getBytes(UTF_8)), members);
    }

    /**
     * A member by its peer id.
     *
     * @throws IllegalArgumentException if there is none; the peer set must name this node too
     */
    RaftMember member(final String peerId) {
        return members.stream()
                .filter(member -> member.peerId().equals(peerId))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "expected " + peerId + " among the members " + members));
    }
}
