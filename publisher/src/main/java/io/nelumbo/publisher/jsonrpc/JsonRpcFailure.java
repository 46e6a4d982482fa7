package io.nelumbo.publisher.jsonrpc;

/** Why a call to a server has no result. The kinds call for different steps. */
public abstract sealed class JsonRpcFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private JsonRpcFailure(final String message) {
        super(message, null, false, false);
    }

    /** The server answered with an error: it took the call and says no. */
    public static final class ErrorAnswer extends JsonRpcFailure {
        private static final long serialVersionUID = 1L;
        private final long code;
        private final String text;

        public ErrorAnswer(final long code, final String text) {
            super("error " + code + ": " + text);
            this.code = code;
            this.text = text;
        }

        /** The server's error code; 1 is Lotus's for everything that an application says. */
        public long code() {
            return code;
        }

        /** The server's words. */
        public String text() {
            return text;
        }
    }

    /**
     * No connection, a broken one, or an answer that is not JSON-RPC. Whether the call took effect
     * is not known, unless it was {@link #notSent}.
     */
    public static final class Transport extends JsonRpcFailure {
        private static final long serialVersionUID = 1L;
        private final boolean notSent;

        public Transport(final String message) {
            this(message, false);
        }

        /**
         * @param notSent whether there was no connection, so that nothing of the call went out
         */
        public Transport(final String message, final boolean notSent) {
            super(message);
            this.notSent = notSent;
        }

        /** Whether it is certain that the call took no effect, because it never left. */
        public boolean notSent() {
            return notSent;
        }
    }

    /**
     * The answer is more than may be taken here: the server did answer, and would do so again. Only
     * of {@link RawClient}.
     */
    public static final class TooLarge extends JsonRpcFailure {
        private static final long serialVersionUID = 1L;

        public TooLarge(final String message) {
            super(message);
        }
    }

    /** No answer in time. Whether the call took effect is not known. */
    public static final class TimedOut extends JsonRpcFailure {
        private static final long serialVersionUID = 1L;

        public TimedOut(final String message) {
            super(message);
        }
    }
}
