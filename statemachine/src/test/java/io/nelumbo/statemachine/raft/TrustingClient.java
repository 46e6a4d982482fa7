package io.nelumbo.statemachine.raft;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A client's trust in whoever answers: what is tested is whether the other side trusts it. */
final class TrustingClient extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(
            final X509Certificate[] chain, final String authType, final @Nullable Socket socket) {}

    @Override
    public void checkServerTrusted(
            final X509Certificate[] chain, final String authType, final @Nullable Socket socket) {}

    @Override
    public void checkClientTrusted(
            final X509Certificate[] chain,
            final String authType,
            final @Nullable SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
            final X509Certificate[] chain,
            final String authType,
            final @Nullable SSLEngine engine) {}

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType) {}

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
