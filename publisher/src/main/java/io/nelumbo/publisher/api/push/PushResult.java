package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.pipeline.Receipt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the pushes of one call.
 *
 * @param receipts of the first so many, in their order; they are committed, whatever came after
 * @param failure why the next one has no receipt, or null when all have one
 */
public record PushResult(List<Receipt> receipts, @Nullable String failure) {

    public PushResult {
        receipts = List.copyOf(receipts);
    }
}
