package io.nelumbo.publisher.load;

/**
 * Where the messages of a load go: makes messages of numbers and sends them. Called by one thread,
 * the one that runs the load.
 */
@FunctionalInterface
public interface Target {

    /**
     * Sends the messages {@code first} to {@code first + count - 1}, as one call or as many; does
     * not wait for their answers, which would hold up the schedule. What it throws ends the load.
     *
     * @param first one behind the last one of the call before; 0 at first
     * @param count from 1 to the plan's {@code maxBatchMessages}
     * @param outcomes has to be told of each of the messages, once
     */
    void send(long first, int count, Outcomes outcomes);
}
