package io.nelumbo.publisher.devchain;

import java.util.List;
import java.util.Map;

/**
 * One step of the chain.
 *
 * @param key text of its only block's CID
 * @param parentKey key of the tipset below, empty for genesis
 * @param timestampS seconds since 1970
 * @param messages what it includes, in execution order
 * @param nonces senders' nonces in its parent state: before its own messages, as StateGetActor
 *     answers for it
 */
record Tipset(
        long height,
        String key,
        String parentKey,
        long timestampS,
        List<PooledMessage> messages,
        Map<String, Long> nonces) {}
