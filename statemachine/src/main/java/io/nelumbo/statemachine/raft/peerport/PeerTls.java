package io.nelumbo.statemachine.raft.peerport;

import io.nelumbo.statemachine.identity.PeerIdentity;
import io.nelumbo.statemachine.identity.PeerKey;
import io.nelumbo.statemachine.identity.PeerTrust;
import java.time.InstantSource;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;

/**
 * Mutual TLS 1.3 for everything that Ratis sends and takes: votes, entries, snapshots, calls to the
 * leader, and questions between peers. Both sides show the certificate of their identity, and both
 * let only members through. Stateless.
 *
 * <p>The JDK's TLS is used, not the native one that comes with Ratis: a node holds keys, and native
 * code that parses a stranger's bytes is what an attacker would look for first.
 */
public final class PeerTls {

    private static final String PROTOCOL = "TLSv1.3";

    private PeerTls() {}

    /** The objects that make Ratis's server and client of a node speak TLS. */
    public static Parameters parameters(
            final PeerIdentity identity,
            final PeerTrust.MemberList members,
            final RefusedPeers refused) {
        final InstantSource clock = InstantSource.system();
        final GrpcTlsConfig.Builder tls = GrpcTlsConfig.newBuilder();
        tls.setKeyManager(new PeerKey(identity, clock))
                .setTrustManager(new PeerTrust(members, clock, refused::refused))
                .setMutualTls(true)
                .setSslProvider(SslProvider.JDK)
                .setProtocols(PROTOCOL);
        final Parameters parameters = new Parameters();
        GrpcConfigKeys.TLS.setConf(parameters, tls.build());
        return parameters;
    }
}
