package io.nelumbo.publisher.devchain;

import io.nelumbo.publisher.chain.filecoin.Cid;
import java.nio.charset.StandardCharsets;

/** Names tipsets: a CID over height, fork and parent, so that a fork's tipsets differ. */
final class TipsetKey {
    private TipsetKey() {}

    static String of(final long height, final long forks, final String parentKey) {
        final String content = height + "/" + forks + "/" + parentKey;
        return Cid.ofBlock(content.getBytes(StandardCharsets.UTF_8)).text();
    }
}
