package io.nelumbo.publisher.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.api.push.ChainQuestions;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.Params;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What this node's ledger tells. Any thread. */
final class LedgerMethods {
    /**
     * A longer outbox is refused as an answer, rather than shown in part: a message takes some 2500
     * bytes as a tree, so this many take 50 MB of the heap, and their params twice their bytes.
     */
    static final int MAX_PENDING_MESSAGES = 20_000;

    private static final long MAX_PENDING_BYTES = 16L << 20;

    /** Request ids are kept for days; {@code RaftState} shows those of the last so many events. */
    static final int RAFT_STATE_EVENTS = 4096;

    /** Of signed messages in {@code RaftState}; older ones beyond are left out. */
    static final int RAFT_STATE_BYTES = 8 << 20;

    private static final int PAGE_MESSAGES = 1024;
    private static final int PAGE_BYTES = 4 << 20;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final LedgerView ledger;
    private final ChainQuestions chain;
    private final LotusJson json;

    LedgerMethods(final LedgerView ledger, final ChainQuestions chain, final LotusJson json) {
        this.ledger = ledger;
        this.chain = chain;
        this.json = json;
    }

    /** {@code MpoolGetNonce}: ours where we give the nonces, the chain's for anybody else. */
    CompletableFuture<JsonNode> getNonce(final Params params, final Caller caller) {
        params.expect(1, 1);
        final FilecoinAddress address = json.readAddress("params[0]", params.at(0));
        final CompletableFuture<FilecoinAddress> key =
                address.protocol() == FilecoinAddress.Protocol.ID
                        ? chain.keyAddress(address)
                        : CompletableFuture.completedFuture(address);
        return key.thenCompose(
                account -> {
                    final int id = ledger.accountId(ChainKind.FILECOIN, account.bytes());
                    return id >= 0
                            ? CompletableFuture.completedFuture(unsigned(ledger.nextNonce(id)))
                            : chain.call(
                                    "Filecoin.MpoolGetNonce", List.of(json.writeAddress(account)));
                });
    }

    /** {@code MpoolPending}: what is committed and not confirmed; the tipset is not looked at. */
    CompletableFuture<JsonNode> pending(final Params params, final Caller caller) {
        params.expect(0, 1);
        final long messages = ledger.unconfirmedMessages();
        if (messages > MAX_PENDING_MESSAGES || ledger.outboxBytes() > MAX_PENDING_BYTES) {
            throw JsonRpcError.application(
                    "expected at most "
                            + MAX_PENDING_MESSAGES
                            + " messages or "
                            + MAX_PENDING_BYTES
                            + " bytes in the outbox but was "
                            + messages
                            + " and "
                            + ledger.outboxBytes()
                            + ": too much for one answer, ask again when the chain has confirmed"
                            + " some");
        }
        final ArrayNode all = NODES.arrayNode();
        for (int account = 0; account < ledger.accountCount(); account++) {
            if (ledger.account(account).chain() == ChainKind.FILECOIN) {
                addUnconfirmed(account, all);
            }
        }
        return CompletableFuture.completedFuture(all);
    }

    /**
     * {@code RaftState}: the last used nonce of each account, and the messages behind the request
     * ids of the last {@value #RAFT_STATE_EVENTS} events, the latest {@value #RAFT_STATE_BYTES}
     * bytes of them.
     */
    CompletableFuture<JsonNode> raftState(final Params params, final Caller caller) {
        params.expect(0, 0);
        final ObjectNode nonces = NODES.objectNode();
        for (int id = 0; id < ledger.accountCount(); id++) {
            final LedgerView.Account account = ledger.account(id);
            if (account.chain() == ChainKind.FILECOIN
                    && account.nextNonce() != account.firstNonce()) {
                final FilecoinAddress address = new FilecoinAddress(account.address());
                nonces.set(
                        json.writeAddress(address).textValue(), unsigned(account.nextNonce() - 1));
            }
        }
        final ObjectNode state = NODES.objectNode();
        state.set("NonceMap", nonces);
        state.set("MsgUuids", latestRequests());
        return CompletableFuture.completedFuture(state);
    }

    private ObjectNode latestRequests() {
        final ObjectNode messages = NODES.objectNode();
        final long from = Math.max(0, ledger.nextSequence() - RAFT_STATE_EVENTS);
        final List<LedgerView.AnsweredRequest> requests =
                ledger.answeredFrom(from, RAFT_STATE_EVENTS);
        long leftBytes = RAFT_STATE_BYTES;
        for (int i = requests.size() - 1; i >= 0; i--) {
            final LedgerView.Answered answered = requests.get(i).answered();
            final LedgerView.OutboxMessage message =
                    ledger.message(answered.accountId(), answered.nonce());
            if (message == null) {
                continue;
            }
            leftBytes -= message.signedBytes().length;
            if (leftBytes < 0) {
                break;
            }
            messages.set(requests.get(i).requestId().toString(), signed(message));
        }
        return messages;
    }

    private void addUnconfirmed(final int account, final ArrayNode all) {
        List<LedgerView.OutboxMessage> page =
                ledger.unconfirmed(account, 0, PAGE_MESSAGES, PAGE_BYTES);
        while (!page.isEmpty() && all.size() <= MAX_PENDING_MESSAGES) {
            page.forEach(message -> all.add(signed(message)));
            final long next = page.get(page.size() - 1).nonce() + 1;
            page = ledger.unconfirmed(account, next, PAGE_MESSAGES, PAGE_BYTES);
        }
    }

    private JsonNode signed(final LedgerView.OutboxMessage message) {
        return json.writeSigned(SignedFilecoinMessage.decode(message.signedBytes()));
    }

    private static JsonNode unsigned(final long nonce) {
        return NODES.numberNode(new BigInteger(Long.toUnsignedString(nonce)));
    }
}
