package io.nelumbo.publisher.jsonrpc;

import java.io.IOException;

/** There was no connection to send a request on. */
final class NotConnected extends IOException {
    private static final long serialVersionUID = 1L;

    NotConnected(final Throwable why) {
        super(why.toString(), why);
    }
}
