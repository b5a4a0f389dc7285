package dev.countersign.samples.collector.http;

import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts requests from their heads to the end of their answers. At the collector's end no more begin, and the end waits for
 * those under way: the server itself does not know of a connection that it accepts while it closes. Thread-safe.
 */
@Singleton
final class RequestsUnderWay implements GracefulShutdownCapable {
    private final AtomicInteger count = new AtomicInteger();
    private final CompletableFuture<Void> allAnswered = new CompletableFuture<>();
    private volatile boolean closed;

    /** Counts a request; false, and nothing done, where no more may begin. */
    boolean begin() {
        count.incrementAndGet();
        if (closed) {
            end();
            return false;
        }
        return true;
    }

    /** The answer is on its way to the client, or never will be. */
    void end() {
        if (count.decrementAndGet() == 0 && closed) {
            allAnswered.complete(null);
        }
    }

    @Override
    public CompletionStage<?> shutdownGracefully() {
        closed = true;
        if (count.get() == 0) {
            allAnswered.complete(null);
        }
        return allAnswered;
    }
}
