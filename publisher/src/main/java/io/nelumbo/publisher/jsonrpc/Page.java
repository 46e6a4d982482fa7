package io.nelumbo.publisher.jsonrpc;

/** What a plain GET answers: health, metrics. */
public record Page(int httpStatus, String contentType, String body) {

    /** A page of JSON text. */
    public static Page json(final int httpStatus, final String body) {
        return new Page(httpStatus, "application/json", body);
    }

    /** A page of plain text. */
    public static Page text(final int httpStatus, final String body) {
        return new Page(httpStatus, "text/plain; charset=utf-8", body);
    }
}
