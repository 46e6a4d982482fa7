package io.nelumbo.publisher.api;

import java.util.List;

/**
 * Which accounts a node could sign for if it led. All nodes are to have the same keys: one that
 * lacks some refuses their accounts' messages when it comes to lead, and cannot fill or replace.
 *
 * @param locked whether there are keys that want a passphrase
 * @param accountsWithoutKey open accounts whose key is not here; right only for those whose owner
 *     signs for himself
 * @param examples addresses of the first of them, a few
 */
public record KeysHere(boolean locked, int accountsWithoutKey, List<String> examples) {

    public KeysHere {
        examples = List.copyOf(examples);
    }

    /** What an operator wants to read, or an empty text if nothing is amiss. */
    public String complaint() {
        final String without =
                accountsWithoutKey == 0
                        ? ""
                        : accountsWithoutKey
                                + " accounts have no key here ("
                                + String.join(", ", examples)
                                + (accountsWithoutKey > examples.size() ? ", …" : "")
                                + "): their messages are refused while this node leads, unless"
                                + " they come signed";
        if (!locked) {
            return without;
        }
        final String closed = "the keystore is locked: nothing is signed while this node leads";
        return without.isEmpty() ? closed : closed + "; " + without;
    }
}
