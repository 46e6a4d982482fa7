package io.nelumbo.publisher.api.proxy;

import java.util.Locale;

/** What becomes of a method that a node has none of its own for. */
enum Way {
    /** It goes to an upstream. */
    PASS(""),

    /** It goes to an upstream, and to no second one: it takes or leaves something there. */
    ONCE(""),

    /** It goes to an upstream, and may take minutes. */
    WAIT(""),

    /** It goes to an upstream, which answers with a channel. */
    CHANNEL(""),

    /** An upstream would answer for itself. */
    CLUSTER(
            "it is this cluster's to answer, and this node has no such method at this version of the"
                    + " API"),

    /** An upstream would sign and push with its own wallet. */
    SIGNS(
            "an upstream would sign and push with its own wallet, around this cluster's nonces; push"
                    + " the message by MpoolPushMessage"),

    /** The same at v0 only; at v1 it drafts a message, and passes. */
    SIGNS_IN_V0(
            "at /rpc/v0 an upstream would sign and push with its own wallet, around this cluster's"
                    + " nonces; ask for the draft at /rpc/v1 and push that by MpoolPushMessage"),

    /** A signed transaction takes a nonce of its account. */
    TRANSACTION(
            "a transaction that is already signed would take a nonce around this cluster; push the"
                    + " message by MpoolPushMessage, or the transaction to a chain node if its account"
                    + " is not used here"),

    /** The server calls the client. */
    REVERSE(
            "a node would call the client back, which is not passed on; use eth_newFilter and"
                    + " eth_getFilterChanges"),

    /** It administers one node, and there may be several. */
    UPSTREAM("it administers a single chain node; call that node itself");

    private final String refusal;

    Way(final String refusal) {
        this.refusal = refusal;
    }

    /** Why it is refused; an empty text if it is passed on. */
    String refusal() {
        return refusal;
    }

    /** As the table writes it. */
    static Way called(final String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
