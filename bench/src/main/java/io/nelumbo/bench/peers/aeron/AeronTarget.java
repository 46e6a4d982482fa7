package io.nelumbo.bench.peers.aeron;

import io.aeron.Publication;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.driver.MediaDriver;
import io.nelumbo.publisher.load.Outcomes;
import io.nelumbo.publisher.load.Target;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends messages to the Aeron cluster one by one; Aeron batches them by itself. The thread that
 * runs the load offers, and one of its own takes the answers: what these two share of Aeron's
 * client changes with the leader only, and a load during which the leader changes is not a
 * measurement.
 */
public final class AeronTarget implements Target, AutoCloseable {

    private static final String EGRESS_CHANNEL = "aeron:udp?endpoint=localhost:0|term-length=16m";
    private static final long CONNECT_TIMEOUT_S = 30;
    private static final long OFFER_PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final MediaDriver driver;
    private final AeronCluster cluster;
    private final AnswerListener listener;
    private final AgentRunner answers;
    private final UnsafeBuffer message;
    private final IdleStrategy offering = AeronSettings.idle();

    private AeronTarget(
            final MediaDriver driver,
            final AeronCluster cluster,
            final AnswerListener listener,
            final AgentRunner answers,
            final int messageBytes) {
        this.driver = driver;
        this.cluster = cluster;
        this.listener = listener;
        this.answers = answers;
        this.message = new UnsafeBuffer(new byte[messageBytes]);
    }

    /**
     * Connects to the members.
     *
     * @param directory for the buffers of the client's own media driver, in memory
     * @param messageBytes size of a message, 16 or more
     */
    public static AeronTarget connect(
            final String directory, final AeronAddresses addresses, final int messageBytes) {
        final AnswerListener listener = new AnswerListener();
        final MediaDriver driver = MediaDriver.launch(AeronSettings.driver(directory));
        final AeronCluster cluster =
                AeronCluster.connect(
                        new AeronCluster.Context()
                                .aeronDirectoryName(driver.aeronDirectoryName())
                                .ingressChannel(AeronSettings.INGRESS_CHANNEL)
                                .ingressEndpoints(addresses.ingressEndpoints())
                                .egressChannel(EGRESS_CHANNEL)
                                .messageTimeoutNs(TimeUnit.SECONDS.toNanos(CONNECT_TIMEOUT_S))
                                .egressListener(listener));
        final AgentRunner answers =
                new AgentRunner(
                        AeronSettings.idle(),
                        failure -> failure.printStackTrace(System.err),
                        null,
                        new AnswerAgent(cluster));
        AgentRunner.startOnThread(answers);
        return new AeronTarget(driver, cluster, listener, answers, messageBytes);
    }

    @Override
    public void send(final long first, final int count, final Outcomes outcomes) {
        message.putLong(AeronSettings.LOAD_OFFSET, listener.tell(outcomes));
        for (int n = 0; n < count; n++) {
            message.putLong(0, first + n);
            if (cluster.offer(message, 0, message.capacity()) < 0) {
                offerAgain();
            }
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(answers, cluster, driver);
    }

    private void offerAgain() {
        final long deadlineNs = System.nanoTime() + OFFER_PATIENCE_NS;
        offering.reset();
        long result = Publication.BACK_PRESSURED;
        while (result < 0) {
            if (result == Publication.CLOSED || System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException(
                        "expected the cluster to take a message but it said "
                                + Publication.errorString(result));
            }
            offering.idle();
            result = cluster.offer(message, 0, message.capacity());
        }
    }
}
