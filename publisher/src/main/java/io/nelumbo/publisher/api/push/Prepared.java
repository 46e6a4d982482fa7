package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.pipeline.Receipt;

/** What preparing a push came to, where nothing stood in its way. */
sealed interface Prepared {

    /** The pipeline may have it. */
    record Ready(PublishRequest request) implements Prepared {}

    /** It is committed already, byte for byte, whoever asked for it. */
    record Ours(Receipt receipt) implements Prepared {}
}
