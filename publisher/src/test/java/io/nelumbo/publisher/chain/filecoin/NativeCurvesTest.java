package io.nelumbo.publisher.chain.filecoin;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

final class NativeCurvesTest {

    @Test
    void shouldLoadOnThisMachineAsOftenAsItIsAsked() {
        assertThatCode(NativeCurves::load).doesNotThrowAnyException();
        assertThatCode(NativeCurves::load).doesNotThrowAnyException();
    }
}
