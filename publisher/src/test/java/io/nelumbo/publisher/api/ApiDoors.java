package io.nelumbo.publisher.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.fuzz.Door;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.pipeline.Receipt;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What clients and peers send: calls, tokens, and pushes that a follower passes on. */
public final class ApiDoors {
    private static final UUID ID = UUID.fromString("7f3c1a52-0b43-4c1e-9a6e-0d7a4f1f2b11");

    private ApiDoors() {}

    /**
     * @param folder for a keystore
     */
    public static Stream<Door> all(final Path folder) {
        final Tokens tokens = new Tokens(GatewayFixture.filled(32, 9));
        final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(1, 0));
        final PushCall call =
                new PushCall(
                        GatewayFixture.PRINCIPAL,
                        List.of(
                                new Push(
                                        RequestId.of(ID),
                                        node.message(1),
                                        GatewayFixture.spec(ID))));
        return Stream.of(
                HostedApi.door("v0", folder, tokens),
                HostedApi.door("v1", folder, tokens),
                Door.ofText(
                        "token",
                        text -> takesToken(tokens, text),
                        tokens.create(List.of(Permission.values())),
                        "eyJhbGciOiJub25lIn0.eyJBbGxvdyI6WyJhZG1pbiJdfQ."),
                new Door(
                        "push-between-nodes",
                        List.of(LeaderWire.encode(call)),
                        ApiDoors::takesCall),
                new Door(
                        "answer-between-nodes",
                        List.of(LeaderWire.encode(answers())),
                        ApiDoors::takesAnswers));
    }

    /** I12: whoever is let in, and to more than reading, holds what the secret made. */
    private static boolean takesToken(final Tokens tokens, final String text) {
        final Caller caller = tokens.caller(text);
        assertThat(caller == null).isEqualTo(tokens.verify(text) == null);
        return caller != null;
    }

    private static boolean takesCall(final byte[] bytes) {
        final PushCall call;
        try {
            call = LeaderWire.decodeCall(bytes);
        } catch (final MalformedJson | MalformedValue refused) {
            return false;
        }
        final byte[] written = LeaderWire.encode(call);
        try {
            assertThat(LeaderWire.encode(LeaderWire.decodeCall(written))).isEqualTo(written);
        } catch (final MalformedJson broken) {
            throw new AssertionError("cannot read " + new String(written, UTF_8), broken);
        }
        return true;
    }

    private static boolean takesAnswers(final byte[] bytes) {
        final List<PushAnswer> answers;
        try {
            answers = LeaderWire.decodeAnswers(bytes);
        } catch (final MalformedJson refused) {
            return false;
        }
        final byte[] written = LeaderWire.encode(answers);
        try {
            assertThat(LeaderWire.encode(LeaderWire.decodeAnswers(written))).isEqualTo(written);
        } catch (final MalformedJson broken) {
            throw new AssertionError("cannot read " + new String(written, UTF_8), broken);
        }
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
