package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.publish.OpenOutcome;
import io.nelumbo.publisher.trace.Tracing;
import io.nelumbo.publisher.wallet.Drafting;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway needs of the node around it.
 *
 * @param ledger what this node has applied
 * @param applied tells when this node has applied a sequence
 * @param pipeline {@code Pipeline::publish}: never fails, and requests of one thread take their
 *     nonces in the order of the calls
 * @param accounts opens the lane of an account that was never used here, while this node leads;
 *     {@code Publisher::open}: never fails
 * @param wallet binds a message to its sender's key; {@code Wallet::draft}
 * @param network what the chain is, or null while no upstream has said
 * @param tracing how pushes are traced
 * @param executor where answers are worked on, so that this happens on no thread of the engine
 */
public record GatewayPorts(
        Cluster cluster,
        LedgerView ledger,
        AppliedSequences applied,
        Function<PublishRequest, CompletableFuture<PublishOutcome>> pipeline,
        Function<Address, CompletableFuture<OpenOutcome>> accounts,
        Function<FilecoinMessage, Drafting> wallet,
        ChainQuestions chain,
        Supplier<@Nullable Network> network,
        Tracing tracing,
        Executor executor) {

    /** The same without traces. */
    public GatewayPorts(
            final Cluster cluster,
            final LedgerView ledger,
            final AppliedSequences applied,
            final Function<PublishRequest, CompletableFuture<PublishOutcome>> pipeline,
            final Function<Address, CompletableFuture<OpenOutcome>> accounts,
            final Function<FilecoinMessage, Drafting> wallet,
            final ChainQuestions chain,
            final Supplier<@Nullable Network> network,
            final Executor executor) {
        this(
                cluster,
                ledger,
                applied,
                pipeline,
                accounts,
                wallet,
                chain,
                network,
                Tracing.OFF,
                executor);
    }
}
