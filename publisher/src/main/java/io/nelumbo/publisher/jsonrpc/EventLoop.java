package io.nelumbo.publisher.jsonrpc;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** Vert.x with one event loop, and without the parts that serve files. */
final class EventLoop {

    private EventLoop() {}

    /** The caller closes it. */
    static Vertx open() {
        return Vertx.vertx(
                new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setUseDaemonThread(true)
                        .setFileSystemOptions(
                                new FileSystemOptions()
                                        .setFileCachingEnabled(false)
                                        .setClassPathResolvingEnabled(false)));
    }
}
