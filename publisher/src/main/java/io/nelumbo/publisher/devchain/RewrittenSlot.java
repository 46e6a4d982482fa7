package io.nelumbo.publisher.devchain;

import java.util.List;

/** An (account, nonce) pair for which different bytes were received, by their CIDs. */
public record RewrittenSlot(String from, long nonce, List<String> cids) {}
