package io.nelumbo.statemachine.raft.peerport;

import io.nelumbo.statemachine.identity.PeerIdentity;
import io.nelumbo.statemachine.identity.PeerKey;
import io.nelumbo.statemachine.identity.PeerTrust;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.grpc.GrpcUtil;
import org.apache.ratis.thirdparty.io.netty.handler.codec.http2.Http2SecurityUtil;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ClientAuth;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.JdkSslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SupportedCipherSuiteFilter;

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

    /**
     * The TLS of whoever answers at the peer port, with these parameters.
     *
     * <p>Netty's own builder would make the same, but first tries with a certificate of its own
     * what the JDK's trust managers can do, and has all of Bouncy Castle loaded for it: half a
     * second of each start.
     */
    static SslContext answering(final GrpcTlsConfig tls) {
        return new JdkSslContext(
                initialised(tls),
                false,
                Http2SecurityUtil.CIPHERS,
                SupportedCipherSuiteFilter.INSTANCE,
                GrpcUtil.ALPN,
                ClientAuth.REQUIRE,
                tls.getProtocols().toArray(new String[0]),
                false);
    }

    private static SSLContext initialised(final GrpcTlsConfig tls) {
        try {
            final SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(
                    new KeyManager[] {tls.getKeyManager().getKeyManager()},
                    new TrustManager[] {tls.getTrustManager().getTrustManager()},
                    null);
            return context;
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("expected TLS 1.3 in every JDK from 11 on", e);
        }
    }
}
