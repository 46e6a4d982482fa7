package io.nelumbo.bench.stage;

import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.Signing.Signed;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Verification;
import java.math.BigInteger;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a message occupy a signer thread, and how much of that is the curve, for each kind
 * of account? With {@code sign} microseconds a signer thread bounds the pipeline at 10^6 / {@code
 * sign} messages a second; {@code signatureAlone} is what no code of ours can save. {@code draft}
 * is what the client's thread spends beforehand, {@code verify} what a push of an already signed
 * message costs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets the fields: parameters first, then prepare().
public class SigningBenchmark {

    /** A transfer has none; a storage proof has hundreds to thousands. */
    @Param({"0", "2000"})
    public int paramsBytes;

    /** The kind of account. */
    @Param({"SECP256K1", "BLS", "DELEGATED"})
    public SignatureType type;

    private FilecoinKey key;
    private FilecoinMessage message;
    private FilecoinDraft draft;
    private byte[] cid;
    private byte[] signed;
    private long nonce;

    @Setup
    public void prepare() {
        final byte[] privateKey = new byte[FilecoinKey.PRIVATE_KEY_BYTES];
        privateKey[0] = 1;
        key = FilecoinKey.of(new ExportedKey(type, privateKey));
        message =
                new FilecoinMessage(
                        FilecoinAddress.ofId(1000),
                        key.address(),
                        0,
                        BigInteger.TEN.pow(18),
                        2_000_000,
                        BigInteger.valueOf(1_000_000_000),
                        BigInteger.valueOf(100_000),
                        FilecoinMessage.transferMethod(key.address()),
                        params());
        draft = FilecoinDraft.of(message, key, Network.MAINNET);
        cid = message.cid().bytes();
        signed = ((Signed) draft.sign(1)).bytes();
    }

    @Benchmark
    public FilecoinDraft draft() {
        return FilecoinDraft.of(message, key, Network.MAINNET);
    }

    @Benchmark
    public Signing sign() {
        return draft.sign(nonce++);
    }

    @Benchmark
    public Object signatureAlone() {
        cid[cid.length - 1]++;
        return key.sign(cid);
    }

    @Benchmark
    public Verification verify() {
        return SignedFilecoinMessage.decode(signed).verification(Network.MAINNET);
    }

    /** A CBOR byte string, which a delegated account's call must have. */
    private byte[] params() {
        final byte[] params = new byte[paramsBytes];
        if (paramsBytes >= 259) {
            final int input = paramsBytes - 3;
            params[0] = 0x59;
            params[1] = (byte) (input >>> 8);
            params[2] = (byte) input;
        }
        return params;
    }
}
