package io.nelumbo.publisher.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.nelumbo.publisher.api.push.GatewayFixture;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.fuzz.Door;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.stream.v1.Item;
import io.nelumbo.publisher.stream.v1.PublishBatch;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What comes over a stream. */
public final class StreamDoors {
    private static final Caller ALLOWED =
            new Caller(Set.of("sign", "write"), GatewayFixture.PRINCIPAL);
    private static final int PATIENCE_MS = 5000;

    private StreamDoors() {}

    public static Stream<Door> all() {
        final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(1, 0));
        final Signing.Signed signed =
                (Signing.Signed)
                        FilecoinDraft.of(
                                        node.message(1, 100_000)
                                                .withGas(
                                                        100_000,
                                                        BigInteger.valueOf(200),
                                                        BigInteger.TEN),
                                        node.key)
                                .sign(5);
        return Stream.of(
                new Door(
                        "stream",
                        List.of(
                                batch(
                                        Item.newBuilder()
                                                .setNumber(1)
                                                .setRequestId(ByteString.copyFrom(new byte[16]))
                                                .setMaxFee("9000")
                                                .setMessage(bytes(node.message(1).encode()))),
                                batch(Item.newBuilder().setSignedMessage(bytes(signed.bytes())))),
                        StreamDoors::takes));
    }

    /** Each item is answered once: with a receipt, or with words. */
    private static boolean takes(final byte[] bytes) throws InterruptedException {
        final PublishBatch batch;
        try {
            batch = PublishBatch.parseFrom(bytes);
        } catch (final InvalidProtocolBufferException refused) {
            return false;
        }
        final ItemReader reader = new ItemReader(ALLOWED);
        final List<StreamItem> sound =
                batch.getItemsList().stream()
                        .limit(StreamLimits.MAX_BATCH_ITEMS)
                        .filter(item -> reader.objection(item) == null)
                        .map(item -> reader.read(item, true))
                        .toList();
        final BlockingQueue<StreamOutcome> outcomes = new LinkedBlockingQueue<>();
        new GatewayDesk(new GatewayFixture(GatewayFixture.patience(PATIENCE_MS, 0)).gateway)
                .open(ALLOWED)
                .publish(sound, (item, outcome) -> outcomes.add(outcome));
        boolean taken = sound.size() == batch.getItemsCount();
        for (int i = 0; i < sound.size(); i++) {
            final StreamOutcome outcome = outcomes.poll(20, TimeUnit.SECONDS);
            assertThat(outcome).isNotNull();
            if (outcome instanceof StreamOutcome.Refused refused) {
                assertThat(refused.text()).isNotBlank();
                taken = false;
            }
        }
        return taken;
    }

    private static byte[] batch(final Item.Builder item) {
        return PublishBatch.newBuilder().addItems(item).build().toByteArray();
    }

    private static ByteString bytes(final byte[] bytes) {
        return ByteString.copyFrom(bytes);
    }
}
