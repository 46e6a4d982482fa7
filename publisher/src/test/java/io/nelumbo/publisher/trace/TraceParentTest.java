package io.nelumbo.publisher.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header of W3C Trace Context, and what strangers put there instead. */
final class TraceParentTest {
    /** The example of the specification. */
    private static final String EXAMPLE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void shouldReadTheExampleOfTheSpecification() {
        final TraceParent parent = TraceParent.parse(EXAMPLE);

        assertThat(parent).isNotNull();
        assertThat(parent.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(parent.spanId()).isEqualTo("b7ad6b7169203331");
        assertThat(parent.flags()).isEqualTo("01");
        assertThat(parent.text()).isEqualTo(EXAMPLE);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"
            })
    void shouldTakeAnythingElseForNone(final String text) {
        assertThat(TraceParent.parse(text)).isNull();
    }

    @Test
    void shouldRememberABoundedNumberOfMessagesI10() {
        final MessageTraces messages = new MessageTraces();
        for (int i = 0; i <= MessageTraces.MAX_MESSAGES; i++) {
            messages.remember(hash(i), new TraceParent(EXAMPLE));
        }

        assertThat(messages.of(hash(0))).isNull();
        assertThat(messages.of(hash(1))).isNotNull();
        messages.forget(hash(1));
        assertThat(messages.of(hash(1))).isNull();
    }

    private static byte[] hash(final int n) {
        return new byte[] {(byte) n, (byte) (n >>> 8), (byte) (n >>> 16)};
    }
}
