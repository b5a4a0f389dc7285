package dev.countersign.client;

import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.delivery.DropReason;
import dev.countersign.client.delivery.EventCallback;
import dev.countersign.client.identity.ProofRequest;
import dev.countersign.client.internal.delivery.DeliveryWorker;
import dev.countersign.client.internal.support.Clock;
import dev.countersign.client.internal.support.Ids;
import dev.countersign.client.internal.support.Jitter;
import java.io.File;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A client whose time and threads the test holds in its hands, before a real collector on loopback HTTP. */
public final class Rig implements AutoCloseable {
    public final ManualClock clock = new ManualClock();
    public final TestCollector collector = new TestCollector();
    public final Heard heard = new Heard();
    public final Countersign client;
    /** Provider calls that have not run yet. */
    public final Deque<Runnable> fetches = new ArrayDeque<>();

    private DeliveryWorker worker;
    private boolean heldFetches;
    public volatile double random = 0.5;

    public Rig() {
        this(builder -> builder);
    }

    public Rig(UnaryOperator<CountersignBuilder> settings) {
        this(settings, CountersignBuilder::memoryQueue);
    }

    /** With a queue on files. */
    public Rig(File directory, UnaryOperator<CountersignBuilder> settings) {
        this(settings, builder -> builder.directory(directory));
    }

    private Rig(UnaryOperator<CountersignBuilder> settings, UnaryOperator<CountersignBuilder> queue) {
        CountersignBuilder builder = Countersign.builder("pk_test")
                .endpoint(collector.url())
                .callTimeout(5, TimeUnit.SECONDS)
                .callbackExecutor(Runnable::run)
                .listener(heard)
                .logger(heard::log);
        client = settings.apply(queue.apply(builder)).surroundings(new ByHand()).build();
        collector.date = 0;
    }

    /** Provider calls wait for {@link #fetch} from now on. */
    public void holdFetches() {
        heldFetches = true;
    }

    /** Runs the next provider call. */
    public void fetch() {
        fetches.remove().run();
        Thread.interrupted(); // what a call that was given up leaves behind on its thread
    }

    /** Does all that is due now. */
    public void settle() {
        long wait = 0;
        for (int i = 0; wait == 0 && i < 1000; i++) {
            wait = worker.step();
            while (!heldFetches && !fetches.isEmpty()) {
                fetch();
                wait = 0;
            }
        }
        if (wait == 0) {
            throw new AssertionError("delivery does not come to rest");
        }
    }

    /** One look of the delivery thread; returns how long it would wait. */
    public long step() {
        return worker.step();
    }

    /** Time passes, and what comes due is done when it comes due. */
    public void pass(long time, TimeUnit unit) {
        long end = clock.elapsedMillis() + unit.toMillis(time);
        settle();
        for (long wait = worker.step(); clock.elapsedMillis() + wait <= end; wait = worker.step()) {
            clock.advance(Math.max(1, wait));
            settle();
        }
        clock.advance(end - clock.elapsedMillis());
        settle();
    }

    public void flush() {
        client.flush();
        settle();
    }

    @Override
    public void close() {
        client.close(0, TimeUnit.SECONDS);
        collector.close();
    }

    /** What the listener, the callbacks and the log were told. */
    public static final class Heard extends DeliveryListener {
        public final List<DeliveryOutcome> rejected = new ArrayList<>();
        public final List<DeliveryOutcome> outcomes = new ArrayList<>();
        public final List<String> drops = new ArrayList<>();
        public final List<String> postponed = new ArrayList<>();
        public final List<ProofRequest> needed = new ArrayList<>();
        public final List<String> failed = new ArrayList<>();
        public final List<String> log = new ArrayList<>();
        public int queued;
        public int sent;

        public EventCallback callback() {
            return outcomes::add;
        }

        @Override
        public void queued(int events) {
            queued += events;
        }

        @Override
        public void sent(int events) {
            sent += events;
        }

        @Override
        public void rejected(List<DeliveryOutcome> events) {
            rejected.addAll(events);
        }

        @Override
        public void dropped(DropReason reason, int events) {
            drops.add(reason + " " + events);
        }

        @Override
        public void postponed(String reason, long millis) {
            postponed.add(reason);
        }

        @Override
        public void proofNeeded(ProofRequest request) {
            needed.add(request);
        }

        @Override
        public void proofFailed(ProofRequest request, String reason) {
            failed.add(reason);
        }

        void log(dev.countersign.client.delivery.Logger.Level level, String message, Throwable cause) {
            log.add(message + (cause == null ? "" : " " + cause));
        }
    }

    private final class ByHand extends Surroundings {
        @Override
        Clock clock() {
            return clock;
        }

        @Override
        Jitter jitter() {
            return () -> random;
        }

        @Override
        Ids ids() {
            return new Ids(1, 2);
        }

        @Override
        Executor fetches(Threads threads) {
            return fetches::add;
        }

        @Override
        Executor files(Threads threads) {
            return Runnable::run;
        }

        @Override
        void start(Threads threads, DeliveryWorker theWorker) {
            worker = theWorker;
        }
    }
}
