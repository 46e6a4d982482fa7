package io.nelumbo.statemachine.raft.peerport;

import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.grpc.GrpcUtil;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.grpc.server.GrpcServicesImpl;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;

/**
 * Ratis's gRPC, with the TLS of {@link PeerTls} at its door, and an eye on the appenders that a
 * leader sends its entries with. Ratis makes it itself, by its name. Stateless.
 */
public final class PeerRpc implements RpcType {

    /** Makes it the way in which servers and clients of these properties talk. */
    public static void use(final RaftProperties properties) {
        RaftConfigKeys.Rpc.setType(properties, new PeerRpc());
    }

    /** Its class, by which Ratis finds it. */
    @Override
    public String name() {
        return PeerRpc.class.getName();
    }

    @Override
    public RpcFactory newFactory(final Parameters parameters) {
        final Followers followers = Followers.in(parameters);
        return new GrpcFactory(parameters) {
            @Override
            public GrpcServices newRaftServerRpc(final RaftServer server) {
                final GrpcTlsConfig tls = GrpcConfigKeys.TLS.conf(parameters);
                return tls == null ? super.newRaftServerRpc(server) : secured(server, tls);
            }

            private GrpcServices secured(final RaftServer server, final GrpcTlsConfig tls) {
                final SslContext answering = PeerTls.answering(tls);
                return GrpcServicesImpl.newBuilder()
                        .setServer(server)
                        .setCustomizer(GrpcConfigKeys.Server.servicesCustomizer(parameters))
                        .setAdminSslContext(answering)
                        .setClientSslContext(answering)
                        .setServerSslContextForServer(answering)
                        .setServerSslContextForClient(GrpcUtil.buildSslContextForClient(tls))
                        .build();
            }

            @Override
            public LogAppender newLogAppender(
                    final RaftServer.Division server,
                    final LeaderState state,
                    final FollowerInfo follower) {
                return followers.watch(new NewsAppender(server, state, follower, followers));
            }
        };
    }
}
