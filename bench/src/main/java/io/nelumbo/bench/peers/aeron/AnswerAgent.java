package io.nelumbo.bench.peers.aeron;

import io.aeron.cluster.client.AeronCluster;
import org.agrona.concurrent.Agent;

/** Takes what the cluster sends to its client. A thread of its own. */
final class AnswerAgent implements Agent {

    private final AeronCluster cluster;

    AnswerAgent(final AeronCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public int doWork() {
        return cluster.pollEgress();
    }

    @Override
    public String roleName() {
        return "aeron-answers";
    }
}
