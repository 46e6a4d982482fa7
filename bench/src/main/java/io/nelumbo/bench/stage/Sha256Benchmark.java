package io.nelumbo.bench.stage;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What do this machine and this Java take, per message, for the SHA-256 and the CRC32C of a batch
 * of 256 messages of 256 signed bytes? The chain hashes each byte once and each record with the
 * hash of the one before, so {@code sha256} is the floor of journaling and of replay, whatever else
 * is done beside it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() first.
public class Sha256Benchmark {

    private static final int MESSAGES = PreparedBatch.MESSAGES;

    private final byte[] batch = new byte[new PreparedBatch(8, false, false).length()];
    private final byte[] hash = new byte[32];
    private MessageDigest sha256;
    private final CRC32C crc = new CRC32C();

    @Setup
    public void prepare() throws NoSuchAlgorithmException {
        sha256 = MessageDigest.getInstance("SHA-256");
        new Random(1).nextBytes(batch);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public byte[] sha256() throws DigestException {
        sha256.update(batch, 0, batch.length);
        sha256.digest(hash, 0, hash.length);
        return hash;
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long crc32c() {
        crc.reset();
        crc.update(batch, 0, batch.length);
        return crc.getValue();
    }
}
