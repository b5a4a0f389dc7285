package dev.countersign.client.testkit;

import dev.countersign.client.Countersign;
import dev.countersign.client.CountersignBuilder;
import dev.countersign.client.TestSeams;
import dev.countersign.client.internal.delivery.DeliveryWorker;
import dev.countersign.client.internal.support.Clock;
import dev.countersign.client.internal.support.Ids;
import dev.countersign.client.internal.support.Jitter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.Interceptor;

/**
 * A real client whose time and threads the test holds in its hands: nothing is sent, fetched or opened except in
 * {@link #settle}, {@link #step}, {@link #pass}, {@link #flush} and {@link #fetch}, on the thread that calls them, and no
 * test ever sleeps. Everything the client says to the app is in {@link #heard}, what it sends in {@link #collector}.
 *
 * <pre>{@code
 * try (TestClient test = TestClient.inProcess(settings -> settings.proofProvider(backEnd::proofFor))) {
 *     new Shop(test.client).checkOut("u_1");
 *     test.flush();
 *     assertEquals(List.of("Invoice Paid"), test.collector.storedNames());
 * }
 * }</pre>
 */
public final class TestClient implements AutoCloseable {
    /** The time, of this client and of those that {@link #restart} makes from it. */
    public final ManualClock clock;
    /** The collector, likewise. */
    public final TestCollector collector;
    /** What this client told the app. */
    public final RecordingListener heard = new RecordingListener();
    /** The client: give it to the code under test. */
    public final Countersign client;
    /** Calls of the proof provider that have not run yet. */
    public final Deque<Runnable> fetches = new ArrayDeque<>();
    /** What is drawn for every waiting time: from 0 to 1, in the middle of what is possible by default. */
    public volatile double random = 0.5;

    private final UnaryOperator<CountersignBuilder> settings;
    private final File directory;
    private final boolean overHttp;
    private final int process;
    private DeliveryWorker worker;
    private boolean heldFetches;

    private TestClient(
            ManualClock clock,
            TestCollector collector,
            boolean overHttp,
            File directory,
            int process,
            UnaryOperator<CountersignBuilder> settings) {
        this.clock = clock;
        this.collector = collector;
        this.overHttp = overHttp;
        this.directory = directory;
        this.process = process;
        this.settings = settings;
        CountersignBuilder builder = Countersign.builder("pk_test")
                .endpoint(overHttp ? collector.url() : "https://collector.invalid")
                .callTimeout(5, TimeUnit.SECONDS)
                .callbackExecutor(Runnable::run)
                .listener(heard)
                .logger(heard.logger());
        builder = overHttp ? builder : builder.httpClient(InProcess.CLIENT);
        builder = directory == null ? builder.memoryQueue() : builder.directory(folder(process));
        client = TestSeams.build(settings.apply(builder), new ByHand());
    }

    /** A client that reaches its collector without a socket. */
    public static TestClient inProcess() {
        return inProcess(settings -> settings);
    }

    /** The same with settings of its own. */
    public static TestClient inProcess(UnaryOperator<CountersignBuilder> settings) {
        return new TestClient(new ManualClock(), new TestCollector(), false, null, 1, settings);
    }

    /**
     * The same with a queue that survives {@link #restart}.
     *
     * @param directory for this test alone, such as one of JUnit's {@code @TempDir}
     */
    public static TestClient inProcess(File directory, UnaryOperator<CountersignBuilder> settings) {
        return new TestClient(new ManualClock(), new TestCollector(), false, directory, 1, settings);
    }

    /** A client that reaches its collector over HTTP on loopback. */
    public static TestClient overHttp() {
        return overHttp(settings -> settings);
    }

    /** The same with settings of its own. */
    public static TestClient overHttp(UnaryOperator<CountersignBuilder> settings) {
        return new TestClient(new ManualClock(), new TestCollector(), true, null, 1, settings);
    }

    /** The same with a queue that survives {@link #restart}. */
    public static TestClient overHttp(File directory, UnaryOperator<CountersignBuilder> settings) {
        return new TestClient(new ManualClock(), new TestCollector(), true, directory, 1, settings);
    }

    /**
     * The process is killed and the app starts again: a new client on what a killed process leaves in the directory, with
     * the same settings, clock and collector. This one must not be used any more. Nothing that was in memory is left:
     * proofs, callbacks, calls made before the directory was open.
     *
     * @throws IllegalStateException when this client has no directory
     */
    public TestClient restart() {
        if (directory == null) {
            throw new IllegalStateException("restart: of a client without a directory");
        }
        try {
            copy(folder(process), folder(process + 1));
            client.close(0, TimeUnit.SECONDS);
            delete(folder(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestClient(clock, collector, overHttp, directory, process + 1, settings);
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

    /** One look of the delivery thread; returns how many milliseconds it would wait. */
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

    /** The app flushes, and what can be sent is. */
    public void flush() {
        client.flush();
        settle();
    }

    /** Closes client and collector. */
    @Override
    public void close() {
        client.close(0, TimeUnit.SECONDS);
        collector.close();
    }

    private File folder(int ofProcess) {
        return new File(directory, "process-" + ofProcess);
    }

    private static void copy(File from, File to) throws IOException {
        File[] children = from.listFiles();
        if (children == null) {
            if (from.exists()) {
                Files.copy(from.toPath(), to.toPath(), StandardCopyOption.REPLACE_EXISTING);
            }
            return;
        }
        Files.createDirectories(to.toPath());
        for (File child : children) {
            copy(child, new File(to, child.getName()));
        }
    }

    /** As far as it can be done: some systems keep a mapped file. */
    private static void delete(File file) {
        File[] children = file.listFiles();
        for (File child : children == null ? new File[0] : children) {
            delete(child);
        }
        file.delete();
    }

    private final class ByHand implements TestSeams.Machine {
        @Override
        public Clock clock() {
            return clock;
        }

        @Override
        public Jitter jitter() {
            return () -> random;
        }

        @Override
        public Ids ids() {
            return new Ids(1, process, new byte[] {(byte) (process >> 8), (byte) process});
        }

        @Override
        public Executor fetches() {
            return fetches::add;
        }

        @Override
        public Interceptor network() {
            return overHttp ? null : new InProcess(collector);
        }

        @Override
        public void start(DeliveryWorker theWorker) {
            worker = theWorker;
        }
    }
}
