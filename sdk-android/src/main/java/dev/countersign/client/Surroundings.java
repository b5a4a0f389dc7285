package dev.countersign.client;

import dev.countersign.client.internal.delivery.DeliveryWorker;
import dev.countersign.client.internal.support.Clock;
import dev.countersign.client.internal.support.Ids;
import dev.countersign.client.internal.support.Jitter;
import java.util.concurrent.Executor;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/** What a client takes from the machine: time, randomness and threads. Tests supply their own. */
class Surroundings {

    Clock clock() {
        return Clock.system();
    }

    Jitter jitter() {
        return Jitter.system();
    }

    Ids ids() {
        return Ids.secure();
    }

    /** What runs the proof provider. */
    Executor fetches(Threads threads) {
        return threads.fetches();
    }

    /** What makes files for the queue. */
    Executor files(Threads threads) {
        return threads.files();
    }

    /** Answers requests in place of the network; null to use that. */
    @Nullable
    Interceptor network() {
        return null;
    }

    /** Sets delivery going. */
    void start(Threads threads, DeliveryWorker worker) {
        threads.deliver(worker::run);
    }
}
