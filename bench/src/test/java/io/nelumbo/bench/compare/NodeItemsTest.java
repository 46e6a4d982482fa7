package io.nelumbo.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** What is read of the answers of whole nodes. */
class NodeItemsTest {

    @Test
    void shouldTakeSingleCallsAndBatchesOfAnOperatorsBenchmark() {
        final ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.set("batches", Results.of(12_000, 1).toJson());
        report.set("single", Results.of(3_000, 1).toJson());

        assertThat(RpcItems.items(report))
                .extracting(Item::name, item -> item.figure().median(), Item::reached)
                .containsExactly(
                        tuple("JSON-RPC with signing, in batches of 100", 12_000.0, true),
                        tuple("JSON-RPC with signing, single calls, 64 in flight", 3_000.0, false));
    }

    @Test
    void shouldJudgeTheUsualFailoverAndTheSlowest() {
        final ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.putArray("failoverMs").add(400).add(2_500).add(600);

        assertThat(FailoverItems.items(report))
                .extracting(item -> item.figure().median(), Item::reached)
                .containsExactly(tuple(0.6, true), tuple(2.5, false));
    }
}
