package io.nelumbo.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read of the figures that the measurements of size say. */
class ScaleItemsTest {

    private static final ScaleItems.Told FAILED = new ScaleItems.Told(List.of(), "no memory");

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void shouldTurnTheRatioOfTimesIntoALossOfThroughput() throws Exception {
        final Item item =
                ScaleItems.accounts(
                                told(
                                        "{\"accounts\":1000000,\"oneNs\":400,\"manyNs\":500,"
                                                + "\"ratio\":1.25,\"ratioP10\":1,\"ratioP90\":2,"
                                                + "\"pairs\":360}"))
                        .get(0);

        assertThat(item.figure().median()).isCloseTo(20, within(1e-9));
        assertThat(item.figure().min()).isZero();
        assertThat(item.figure().max()).isEqualTo(50);
        assertThat(item.reason()).contains("400 ns with one account, 500 with 1,000,000");
    }

    @Test
    void shouldJudgeTheNumberOfAccountsThatTakesTheMostMemory() throws Exception {
        assertThat(
                        ScaleItems.memory(
                                told(
                                        "{\"messages\":10,\"idBytes\":89,\"messageBytes\":72}",
                                        "{\"messages\":10,\"idBytes\":89,\"messageBytes\":101}")))
                .extracting(item -> item.figure().median(), Item::reached)
                .containsExactly(tuple(101.0, false), tuple(89.0, true));
    }

    @Test
    void shouldTakeTheFreezingOrTheBatchThatWaitedLongest() throws Exception {
        final String rest =
                ",\"besideMaxMs\":7,\"aloneMaxMs\":3,\"collectingMaxMs\":0,\"fileBytes\":4e9,\"writingS\":30}";

        assertThat(
                        ScaleItems.snapshot(
                                        told(
                                                "{\"freezingMs\":1" + rest,
                                                "{\"freezingMs\":16" + rest))
                                .get(0))
                .returns(false, Item::reached)
                .returns(16.0, item -> item.figure().median());
        assertThat(ScaleItems.snapshot(told("{\"freezingMs\":1" + rest)).get(0))
                .returns(true, Item::reached)
                .returns(7.0, item -> item.figure().median());
    }

    @Test
    void shouldJudgeTheStartAfterAKillAndTheOneAfterClosing() throws Exception {
        assertThat(
                        ScaleItems.start(
                                told("{\"journalBytes\":10e9}"),
                                told(
                                        "{\"left\":\"killed\",\"leadsS\":19.5}",
                                        "{\"left\":\"closed\",\"leadsS\":3.9}")))
                .extracting(Item::name, Item::reached)
                .containsExactly(
                        tuple("leads after exec on a large journal, killed before", false),
                        tuple("leads after exec on a large journal, closed before", true));
    }

    @Test
    void shouldSayWhyThereIsNoFigure() {
        assertThat(ScaleItems.accounts(FAILED)).extracting(Item::reason).containsOnly("no memory");
        assertThat(ScaleItems.memory(FAILED)).extracting(Item::reason).hasSize(2);
        assertThat(ScaleItems.snapshot(FAILED)).extracting(Item::reached).containsOnlyNulls();
        assertThat(ScaleItems.start(FAILED, FAILED)).extracting(Item::reached).containsOnlyNulls();
    }

    private ScaleItems.Told told(final String... lines) throws Exception {
        final List<JsonNode> figures = new ArrayList<>();
        for (final String line : lines) {
            figures.add(mapper.readTree(line));
        }
        return new ScaleItems.Told(figures, "");
    }
}
