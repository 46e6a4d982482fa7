package io.nelumbo.publisher.cli.devnet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A client of the whole cluster: one thread sends, answers come on an event loop. Whatever a node
 * answers but a receipt, the same request with the same request id goes to the next node, until the
 * receipt comes or the run is over: as a careful relayer would.
 */
final class Traffic {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long RETRY_DELAY_MS = 100;
    private static final int MAX_KEPT_ANSWERS = 20;

    private final List<JsonRpcClient> nodes;
    private final List<String> accounts;
    private final SplittableRandom random;
    private final Semaphore window;
    private final long pauseNs;
    private final ConcurrentLinkedQueue<Acknowledged> receipts = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<String, Integer> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile boolean over;
    private volatile Watch watch = new Watch(Long.MAX_VALUE);
    private int sent;
    private long nextSendNs;

    private record Watch(long fromNs, CompletableFuture<Acknowledged> first) {
        Watch(final long fromNs) {
            this(fromNs, new CompletableFuture<>());
        }
    }

    private record Submission(int number, UUID requestId, String from, JsonNode message, long ns) {}

    Traffic(
            final List<JsonRpcClient> nodes,
            final List<String> accounts,
            final DevnetOptions options) {
        this.nodes = List.copyOf(nodes);
        this.accounts = List.copyOf(accounts);
        this.random = new SplittableRandom(options.seed());
        this.window = new Semaphore(options.window());
        this.pauseNs =
                options.messagesPerSecond() == 0
                        ? 0
                        : TimeUnit.SECONDS.toNanos(1) / options.messagesPerSecond();
    }

    /** Sends one more message; waits while the window is full or the pace forbids. */
    void send() throws InterruptedException {
        window.acquire();
        pace();
        final String from = accounts.get(sent % accounts.size());
        final UUID requestId = new UUID(random.nextLong(), random.nextLong());
        final JsonNode message = message(from, accounts.get(random.nextInt(accounts.size())));
        attempt(new Submission(sent, requestId, from, message, System.nanoTime()), sent);
        sent++;
    }

    int sent() {
        return sent;
    }

    int acknowledged() {
        return acknowledged.get();
    }

    List<Acknowledged> receipts() {
        return new ArrayList<>(receipts);
    }

    /** What nodes answered other than receipts, and how often; retried all the same. */
    List<String> refusals() {
        return refusals.entrySet().stream()
                .map(refusal -> refusal.getValue() + " × " + refusal.getKey())
                .sorted()
                .toList();
    }

    /** The first receipt of a request that is sent from now on. */
    CompletableFuture<Acknowledged> firstReceiptFromNowOn() {
        final Watch next = new Watch(System.nanoTime());
        watch = next;
        return next.first();
    }

    /** Nothing is tried again after this. */
    void end() {
        over = true;
    }

    private void pace() {
        final long now = System.nanoTime();
        if (pauseNs == 0) {
            return;
        }
        if (nextSendNs == 0) {
            nextSendNs = now;
        }
        nextSendNs += pauseNs;
        while (System.nanoTime() < nextSendNs) {
            LockSupport.parkNanos(this, nextSendNs - System.nanoTime());
        }
    }

    private void attempt(final Submission submission, final int tries) {
        if (over) {
            return;
        }
        final JsonNode spec = NODES.objectNode().put("MsgUuid", submission.requestId().toString());
        final CompletableFuture<JsonNode> unused =
                nodes.get(tries % nodes.size())
                        .call("Filecoin.MpoolPushMessage", submission.message(), spec)
                        .whenComplete(
                                (answer, failure) -> {
                                    if (failure == null) {
                                        acknowledge(submission, answer);
                                    } else {
                                        count(failure);
                                        attemptLater(submission, tries + 1);
                                    }
                                });
    }

    /** Sending does not block, so the JDK's timer thread does it. */
    private void attemptLater(final Submission submission, final int tries) {
        final CompletableFuture<Void> unused =
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, RETRY_DELAY_MS, TimeUnit.MILLISECONDS)
                        .thenRun(() -> attempt(submission, tries));
    }

    private void acknowledge(final Submission submission, final JsonNode signed) {
        final Acknowledged receipt =
                new Acknowledged(
                        submission.requestId(),
                        submission.from(),
                        signed.path("Message").path("Nonce").asLong(),
                        signed.path("CID").path("/").asText(),
                        submission.ns(),
                        System.nanoTime());
        receipts.add(receipt);
        acknowledged.incrementAndGet();
        window.release();
        final Watch watching = watch;
        if (submission.ns() >= watching.fromNs()) {
            watching.first().complete(receipt);
        }
    }

    private void count(final Throwable failure) {
        final Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        final String text =
                String.valueOf(cause.getMessage()).replaceAll("[0-9a-f-]{36}|\\d+", "#");
        if (refusals.size() < MAX_KEPT_ANSWERS || refusals.containsKey(text)) {
            refusals.merge(text, 1, Integer::sum);
        }
    }

    private static ObjectNode message(final String from, final String to) {
        final ObjectNode message = NODES.objectNode();
        message.put("Version", 0)
                .put("To", to)
                .put("From", from)
                .put("Nonce", 0)
                .put("Value", "1")
                .put("GasLimit", 1_000_000)
                .put("GasFeeCap", "200000")
                .put("GasPremium", "100000")
                .put("Method", 0)
                .putNull("Params");
        return message;
    }
}
