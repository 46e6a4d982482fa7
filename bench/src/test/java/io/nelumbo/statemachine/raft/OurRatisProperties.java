package io.nelumbo.statemachine.raft;

import io.nelumbo.statemachine.identity.PeerIdentity;
import java.nio.file.Path;
import java.util.List;
import org.apache.ratis.conf.RaftProperties;
import org.jspecify.annotations.NullMarked;

/** What our members tell Ratis, for those who compare. It is nobody else's business. */
@NullMarked
public final class OurRatisProperties {

    private OurRatisProperties() {}

    /** Of a member with standard settings. */
    public static RaftProperties standard(final Path folder) {
        final PeerIdentity identity = PeerIdentity.generate();
        final RaftMember member = new RaftMember(identity.peerId().toString(), "127.0.0.1", 1);
        return RatisProperties.of(
                RaftSettings.standard(identity, RaftCluster.foundedBy(List.of(member)), folder));
    }
}
