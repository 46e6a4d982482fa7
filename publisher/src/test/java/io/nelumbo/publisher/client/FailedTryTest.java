package io.nelumbo.publisher.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.client.FailedTry.Meaning;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts are those of our nodes, whole or as far as they matter. */
final class FailedTryTest {
    private static final String PLACE = "http://10.0.0.1:4567";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        NO       | mpool push: not enough funds: 0 < 1
        NO       | missing permission to invoke 'MpoolPushMessage' (need 'sign')
        NO       | token refused: not made by this cluster
        NO       | request id reused: other value; nothing was published
        NO       | not signed: the keystore is locked; nothing was published
        NO       | message 2 of 5: mpool push: not enough funds: 0 < 1; the 2 before it are committed and stand: the same batch
        NOT_NOW  | no leader within 4000 ms; nothing was published: retry, with the same MsgUuid if you gave one
        NOT_NOW  | No leader is known; an election takes seconds, ask again
        NOT_NOW  | overloaded: outbox full; nothing was published, try again after 50 ms
        NOT_NOW  | overloaded: 16384 requests are waiting; nothing was done, try again later
        NOT_NOW  | account f1x is not open yet: no upstream answers; nothing was published, try again
        NOT_NOW  | account f1x is not open yet: no upstream answers; this attempt published nothing; an earlier one under this MsgUuid may have, try again
        PERHAPS  | message 2 of 5: overloaded: outbox full; nothing was published, try again after 50 ms; the 2 before it are committed and stand: the same batch
        PERHAPS  | mpool push: not enough funds: 0 < 1; of the messages behind it 3 are committed or may be: only the same batch
        PERHAPS  | outcome unknown: leadership ended; the message may be committed or not, under request id x: retry
        PERHAPS  | 'MpoolPushMessage' has no answer in time; what it asked for may still happen
        PERHAPS  | internal error (8f1c in this node's log)
        PERHAPS  | upstream: http://10.0.0.9:1234 did not answer StateSearchMsg
        """)
    void shouldKnowWhatANodesWordsMean(final Meaning meaning, final String text) {
        final FailedTry failed = FailedTry.of(PLACE, new JsonRpcFailure.ErrorAnswer(1, text));

        assertThat(failed.meaning()).isEqualTo(meaning);
        assertThat(failed.words()).isEqualTo(text);
        assertThat(failed.said()).isEqualTo(PLACE + " answered: " + text);
        assertThat(failed.silent()).isFalse();
    }

    @Test
    void shouldKnowThatACallNeverLeft() {
        final FailedTry refused =
                FailedTry.of(PLACE, new JsonRpcFailure.Transport("connection refused", true));
        final FailedTry broken =
                FailedTry.of(PLACE, new JsonRpcFailure.Transport("connection reset"));
        final FailedTry late = FailedTry.of(PLACE, new JsonRpcFailure.TimedOut("no answer"));

        assertThat(refused.meaning()).isEqualTo(Meaning.NOT_NOW);
        assertThat(broken.meaning()).isEqualTo(Meaning.PERHAPS);
        assertThat(late.meaning()).isEqualTo(Meaning.PERHAPS);
        assertThat(refused.silent() && broken.silent() && late.silent()).isTrue();
    }

    @Test
    void shouldQuoteNoMoreThanAThousandCharacters() {
        final FailedTry failed =
                FailedTry.of(PLACE, new JsonRpcFailure.ErrorAnswer(1, "x".repeat(5000)));

        assertThat(failed.words()).hasSize(1000);
    }
}
