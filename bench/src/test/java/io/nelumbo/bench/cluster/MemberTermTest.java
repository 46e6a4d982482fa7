package io.nelumbo.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemberTermTest {

    @Test
    void shouldReadBackWhatAMemberTold() {
        final MemberTerm told = new MemberTerm(7, 5);

        assertThat(told.line()).startsWith("TERM ");
        assertThat(MemberTerm.parse(told.line().substring("TERM ".length()))).isEqualTo(told);
    }

    @Test
    void shouldSayWhatItExpectedWhenItWasToldSomethingElse() {
        assertThatThrownBy(() -> MemberTerm.parse("7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a term and an epoch but was 7");
    }
}
