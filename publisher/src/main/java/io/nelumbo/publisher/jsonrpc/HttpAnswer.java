package io.nelumbo.publisher.jsonrpc;

/**
 * What a server answered, as it stands.
 *
 * @param body within the bound of whoever asked; not changed by anyone
 */
record HttpAnswer(int httpStatus, byte[] body) {}
