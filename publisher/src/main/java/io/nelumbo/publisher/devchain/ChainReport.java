package io.nelumbo.publisher.devchain;

import java.util.List;
import java.util.Map;

/**
 * What a development chain has seen and holds.
 *
 * @param pushes pushes received, repeats included
 * @param slots distinct (account, nonce) pairs received
 * @param rewritten pairs for which different bytes came: violations of I2, unless replaced by fee
 * @param pending messages in the pool
 * @param landed CIDs on the chain, by account address and nonce
 */
public record ChainReport(
        long height,
        long pushes,
        int slots,
        List<RewrittenSlot> rewritten,
        int pending,
        Map<String, Map<Long, String>> landed) {}
