package io.nelumbo.publisher.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenPartsTest {
    private final List<String> ended = new ArrayList<>();
    private final OpenParts parts = new OpenParts();

    @Test
    void shouldEndPartsTheOtherWayRound() throws IOException {
        parts.add(() -> ended.add("journal"));
        parts.add(() -> ended.add("replica"));

        parts.close();

        assertThat(ended).containsExactly("replica", "journal");
    }

    @Test
    void shouldEndTheOthersWhenOneFailsAndTellOfAllFailures() {
        parts.add(
                () -> {
                    throw new IllegalStateException("journal");
                });
        parts.add(() -> ended.add("pipeline"));
        parts.add(
                () -> {
                    throw new IOException("replica");
                });

        assertThatThrownBy(parts::close)
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("replica")
                .satisfies(
                        failure ->
                                assertThat(failure.getSuppressed())
                                        .singleElement()
                                        .satisfies(
                                                other -> assertThat(other).hasMessage("journal")));
        assertThat(ended).containsExactly("pipeline");
    }

    @Test
    void shouldEndEachPartOnceWhenClosedTwice() throws IOException {
        parts.add(() -> ended.add("journal"));

        parts.close();
        parts.close();

        assertThat(ended).hasSize(1);
    }
}
