package io.nelumbo.journal.event;

/** Which family of chains an account lives on; the codes stand in the event schema. */
public enum ChainKind {
    FILECOIN,
    ETHEREUM
}
