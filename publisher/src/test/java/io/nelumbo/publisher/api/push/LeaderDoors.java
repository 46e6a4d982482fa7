package io.nelumbo.publisher.api.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.fuzz.Door;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.pipeline.Receipt;
import io.nelumbo.publisher.trace.TraceParent;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What a follower tells the leader, and what the leader answers. */
public final class LeaderDoors {
    private static final UUID ID = UUID.fromString("7f3c1a52-0b43-4c1e-9a6e-0d7a4f1f2b11");

    private LeaderDoors() {}

    public static Stream<Door> all() {
        final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(1, 0));
        final PushCall call =
                new PushCall(
                        GatewayFixture.PRINCIPAL,
                        List.of(
                                new MessagePush(
                                        RequestId.of(ID),
                                        node.message(1),
                                        GatewayFixture.spec(ID))));
        return Stream.of(
                new Door(
                        "push-between-nodes",
                        List.of(LeaderWire.encode(call), LeaderWire.encode(signed(node))),
                        bytes ->
                                takes(
                                        bytes,
                                        read -> LeaderWire.encode(LeaderWire.decodeCall(read)))),
                new Door(
                        "answer-between-nodes",
                        List.of(LeaderWire.encode(answers())),
                        bytes ->
                                takes(
                                        bytes,
                                        read ->
                                                LeaderWire.encode(
                                                        LeaderWire.decodeAnswers(read)))));
    }

    private static PushCall signed(final GatewayFixture node) {
        final Signing.Signed signed =
                (Signing.Signed) FilecoinDraft.of(node.message(1), node.key).sign(5);
        return new PushCall(
                GatewayFixture.PRINCIPAL,
                List.of(SignedPush.of(SignedFilecoinMessage.decode(signed.bytes()))),
                new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }

    /** Reads and writes again. */
    private interface Again {
        byte[] of(byte[] read) throws MalformedJson;
    }

    private static boolean takes(final byte[] bytes, final Again again) throws MalformedJson {
        final byte[] written;
        try {
            written = again.of(bytes);
        } catch (final MalformedJson refused) {
            return false;
        }
        assertThat(again.of(written)).isEqualTo(written);
        return true;
    }

    private static List<PushAnswer> answers() {
        return List.of(
                new PushAnswer.Accepted(
                        new Receipt(3, -1, 1L << 40, 7, new byte[32], new byte[90])),
                new PushAnswer.Refused("no"),
                new PushAnswer.Unknown("who knows"),
                new PushAnswer.NotLeading());
    }
}
