package io.nelumbo.publisher.jsonrpc;

/** Where a subscription puts its values. Any thread; never blocks. */
public interface ChannelSink {

    /**
     * Sends a value to the client, behind those that were offered before.
     *
     * @return false if the channel has ended, so that nothing more needs to be offered
     */
    boolean offer(RawJson value);

    /** There will be no more values: the client is told, behind the last one. */
    void close();
}
