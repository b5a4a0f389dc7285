package dev.countersign.client;

import dev.countersign.client.internal.delivery.DeliveryWorker;
import dev.countersign.client.internal.support.Clock;
import dev.countersign.client.internal.support.Ids;
import dev.countersign.client.internal.support.Jitter;
import java.util.concurrent.Executor;
import okhttp3.Interceptor;

/** Where the test kit takes the machine's place. Not for users: they have {@code TestClient}. */
public final class TestSeams {
    private TestSeams() {}

    /** What a client takes from the machine. */
    public interface Machine {
        /** Time. */
        Clock clock();

        /** Randomness of waiting times. */
        Jitter jitter();

        /** Event ids. */
        Ids ids();

        /** What runs the proof provider. */
        Executor fetches();

        /** Answers in place of the network; null to use that. */
        Interceptor network();

        /** What delivers; nobody else calls it. */
        void start(DeliveryWorker worker);
    }

    /** A client on this machine. */
    public static Countersign build(CountersignBuilder builder, Machine machine) {
        return builder.surroundings(new Surroundings() {
                    @Override
                    Clock clock() {
                        return machine.clock();
                    }

                    @Override
                    Jitter jitter() {
                        return machine.jitter();
                    }

                    @Override
                    Ids ids() {
                        return machine.ids();
                    }

                    @Override
                    Interceptor network() {
                        return machine.network();
                    }

                    @Override
                    Executor fetches(Threads threads) {
                        return machine.fetches();
                    }

                    @Override
                    Executor files(Threads threads) {
                        return Runnable::run;
                    }

                    @Override
                    void start(Threads threads, DeliveryWorker worker) {
                        machine.start(worker);
                    }
                })
                .build();
    }
}
