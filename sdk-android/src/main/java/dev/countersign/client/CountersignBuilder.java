package dev.countersign.client;

import dev.countersign.client.delivery.CollectionMode;
import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.delivery.Logger;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.ProofProvider;
import dev.countersign.client.internal.delivery.DeliveryWorker;
import dev.countersign.client.internal.delivery.FlushPolicy;
import dev.countersign.client.internal.delivery.Reporter;
import dev.countersign.client.internal.delivery.Signals;
import dev.countersign.client.internal.event.EventEncoder;
import dev.countersign.client.internal.proof.ProofKeeper;
import dev.countersign.client.internal.proof.ServerClock;
import dev.countersign.client.internal.queue.EventQueue;
import dev.countersign.client.internal.session.Session;
import dev.countersign.client.internal.storage.DirectoryLock;
import dev.countersign.client.internal.support.Alarm;
import dev.countersign.client.internal.support.Guard;
import dev.countersign.client.internal.support.Ids;
import dev.countersign.client.internal.support.Platform;
import dev.countersign.client.internal.transport.Endpoint;
import dev.countersign.client.internal.transport.HttpTransport;
import dev.countersign.client.internal.transport.Transport;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link Countersign}. Not safe for use by several threads. */
public final class CountersignBuilder {
    private static final int MAX_KEY_LENGTH = 256;
    private static final long MAX_DURATION_MILLIS = TimeUnit.DAYS.toMillis(365);
    private static final long MAX_CALL_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private final String apiKey;
    private final @Nullable Platform platform;
    private @Nullable HttpUrl endpoint;
    private @Nullable ProofProvider proofProvider;
    private @Nullable OkHttpClient httpClient;
    private @Nullable Executor callbackExecutor;
    private @Nullable Attributes context;
    private DeliveryListener listener = DeliveryListener.NONE;
    private Logger logger = new JavaLogger();
    private boolean memoryQueue;
    private @Nullable File directory;
    private String name = "default";
    private CollectionMode collection = CollectionMode.ENABLED;
    private boolean unsigned;
    private int flushAt = 20;
    private long flushEveryMillis = TimeUnit.SECONDS.toMillis(30);
    private long callTimeoutMillis = TimeUnit.SECONDS.toMillis(10);
    private int maxQueuedEvents = 10_000;
    private long maxQueuedBytes = 16L * 1024 * 1024;
    private long maxEventAgeMillis = TimeUnit.DAYS.toMillis(7);
    private Surroundings surroundings;

    CountersignBuilder(String apiKey, @Nullable Platform platform) {
        this.apiKey = Guard.visibleAscii("apiKey", Guard.notSecret("apiKey", apiKey), MAX_KEY_LENGTH);
        this.platform = platform;
        surroundings = platform == null ? new Surroundings() : new Surroundings(platform.clock());
    }

    /** For the package that knows this platform; apps start there, or at {@link Countersign#builder}. */
    public static CountersignBuilder on(Platform platform, String apiKey) {
        return new CountersignBuilder(apiKey, Guard.notNull("platform", platform));
    }

    /** Where the collector is, such as {@code https://collect.example.com}. Required. In the clear only to loopback. */
    public CountersignBuilder endpoint(String url) {
        endpoint = Endpoint.batches(url);
        return this;
    }

    /** Fetches proofs of the current user. Without one, only {@code identify} and {@code updateProof} supply them. */
    public CountersignBuilder proofProvider(ProofProvider provider) {
        proofProvider = Guard.notNull("proofProvider", provider);
        return this;
    }

    /**
     * Sends events of users and groups that have no proof without one, for environments that do not enforce proofs. Not
     * together with a proof provider: an app that can prove never falls back to unproven. Nor does this: events of a
     * user whose proof was refused or is over, or whose events are held, wait for another proof.
     */
    public CountersignBuilder unsigned() {
        unsigned = true;
        return this;
    }

    /**
     * Keeps the queue, the session and what the user agreed to in a folder of this directory, named after the client and
     * its API key. An event whose call returned survives the end of the process, however it ends, but not a power cut in
     * the next seconds. Calls made before the folder is open, some milliseconds after {@code build()}, wait in memory.
     * This or {@link #memoryQueue()} is required, except on Android, which has a place of its own.
     *
     * @param privateDirectory made when missing; nobody else may read it, for events name users
     */
    public CountersignBuilder directory(File privateDirectory) {
        directory = Guard.notNull("directory", privateDirectory);
        return this;
    }

    /** Queues in memory: what is not delivered is lost with the process. This or {@link #directory} is required. */
    public CountersignBuilder memoryQueue() {
        memoryQueue = true;
        return this;
    }

    /** Tells clients of one directory and API key apart: 1 to 64 of {@code A-Z a-z 0-9 _ -}, {@code default} by default. */
    public CountersignBuilder name(String clientName) {
        Guard.notNull("name", clientName);
        if (!clientName.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("name: " + clientName + ", allowed are 1 to 64 of A-Z a-z 0-9 _ -");
        }
        name = clientName;
        return this;
    }

    /**
     * What the user agreed to as long as nobody said otherwise: {@link CollectionMode#ENABLED} by default. What
     * {@link Countersign#setCollection} said in an earlier process comes first.
     */
    public CountersignBuilder collection(CollectionMode mode) {
        collection = Guard.notNull("collection", mode);
        return this;
    }

    /** Sends as soon as this many events are queued: 1 to 500, 20 by default. */
    public CountersignBuilder flushAt(int events) {
        flushAt = (int) Guard.range("flushAt", events, 1, 500);
        return this;
    }

    /** Sends this long after the first event was queued: 1 ms to 365 days, 30 s by default. */
    public CountersignBuilder flushEvery(long time, TimeUnit unit) {
        flushEveryMillis = duration("flushEvery", time, unit, MAX_DURATION_MILLIS);
        return this;
    }

    /** Gives a request up after this long, everything included: 1 ms to 10 minutes, 10 s by default. */
    public CountersignBuilder callTimeout(long time, TimeUnit unit) {
        callTimeoutMillis = duration("callTimeout", time, unit, MAX_CALL_MILLIS);
        return this;
    }

    /** Shares connections, proxy and TLS settings of this client. Its interceptors, cookies and cache are not used. */
    public CountersignBuilder httpClient(OkHttpClient client) {
        httpClient = Guard.notNull("httpClient", client);
        return this;
    }

    /** Watches delivery. */
    public CountersignBuilder listener(DeliveryListener deliveryListener) {
        listener = Guard.notNull("listener", deliveryListener);
        return this;
    }

    /**
     * Runs callbacks and the listener; a thread of the client's own by default, before which they queue without limit: one
     * that hangs keeps all later ones in memory.
     */
    public CountersignBuilder callbackExecutor(Executor executor) {
        callbackExecutor = Guard.notNull("callbackExecutor", executor);
        return this;
    }

    /** Takes the client's log; {@code java.util.logging} under {@code dev.countersign} by default. */
    public CountersignBuilder logger(Logger log) {
        logger = Guard.notNull("logger", log);
        return this;
    }

    /** Goes with every event, such as the app's version. */
    public CountersignBuilder context(Attributes values) {
        context = Guard.notNull("context", values);
        return this;
    }

    /** Keeps at most this many events, and drops the oldest: 1 to 1,000,000, 10,000 by default. */
    public CountersignBuilder maxQueuedEvents(int events) {
        maxQueuedEvents = (int) Guard.range("maxQueuedEvents", events, 1, 1_000_000);
        return this;
    }

    /** Keeps at most this many bytes of events, and drops the oldest: 32 KiB to 1 GiB, 16 MiB by default. */
    public CountersignBuilder maxQueuedBytes(long bytes) {
        maxQueuedBytes = Guard.range("maxQueuedBytes", bytes, EventEncoder.MAX_BYTES, 1L << 30);
        return this;
    }

    /** Drops events that could not be delivered for this long: 1 ms to 365 days, 7 days by default. */
    public CountersignBuilder maxEventAge(long time, TimeUnit unit) {
        maxEventAgeMillis = duration("maxEventAge", time, unit, MAX_DURATION_MILLIS);
        return this;
    }

    /** For tests: time, randomness and threads. */
    CountersignBuilder surroundings(Surroundings other) {
        surroundings = other;
        return this;
    }

    /**
     * The client, with an anonymous session begun. Does no I/O.
     *
     * @throws IllegalArgumentException when a required setting is missing or two do not go together
     * @throws IllegalStateException when a client of this process has this directory, name and API key
     */
    public Countersign build() {
        HttpUrl url = Guard.notNull("endpoint", endpoint);
        boolean chosen = memoryQueue || directory != null;
        if (chosen ? memoryQueue && directory != null : platform == null) {
            throw new IllegalArgumentException("queue: " + (chosen ? "two chosen" : "none chosen")
                    + ", allowed is one of directory(…) and memoryQueue()");
        }
        if (unsigned && proofProvider != null) {
            throw new IllegalArgumentException("unsigned: with a proofProvider, allowed is one of the two");
        }
        return assemble(url);
    }

    private Countersign assemble(HttpUrl url) {
        Surroundings around = surroundings;
        Threads threads = new Threads();
        Ids ids = around.ids();
        Session session = Session.anonymous(ids.anonymousId());
        Executor callbacks = callbackExecutor == null ? threads.callbacks() : callbackExecutor;
        Reporter reporter = new Reporter(listener, callbacks, logger);
        EventQueue queue = new EventQueue(maxQueuedEvents, maxQueuedBytes, around.clock(), reporter);
        ServerClock serverClock = new ServerClock(around.clock());
        Signals signals = new Signals();
        ProofKeeper proofs = new ProofKeeper(
                proofProvider,
                unsigned,
                session.owner(),
                around.fetches(threads),
                around.clock(),
                serverClock,
                around.jitter(),
                reporter,
                signals::proofsChanged);
        Transport transport =
                new HttpTransport(url, apiKey, callTimeoutMillis, httpClient, around.network(), around.clock());
        DirectoryLock lock = lock();
        ClientDirectory folder = lock == null
                ? null
                : new ClientDirectory(lock, queue, around.files(threads), around.clock(), signals, reporter);
        DeliveryWorker worker = new DeliveryWorker(
                queue,
                proofs,
                transport,
                reporter,
                serverClock,
                around.clock(),
                around.jitter(),
                signals,
                new FlushPolicy(flushAt, flushEveryMillis, maxEventAgeMillis),
                folder == null ? () -> Alarm.NEVER : folder);
        EventEncoder encoder = new EventEncoder(ids, context);
        Core core =
                new Core(around.clock(), ids, signals, session, collection, encoder, queue, proofs, worker, reporter);
        Prologue prologue = new Prologue(maxQueuedEvents);
        if (folder == null) {
            prologue.end();
        } else {
            folder.serve(core, prologue);
        }
        Client client =
                new Client(around.clock(), prologue, core, folder, queue, proofs, worker, transport, signals, reporter);
        around.start(threads, worker);
        Platform system = platform;
        if (system == null) {
            return new Countersign(client, threads::close);
        }
        system.begin(client::flush);
        return new Countersign(client, () -> {
            system.end();
            threads.close();
        });
    }

    private @Nullable DirectoryLock lock() {
        String folder = folder();
        Platform system = platform;
        if (directory != null) {
            return DirectoryLock.claim(new File(directory, folder));
        }
        return memoryQueue || system == null
                ? null
                : DirectoryLock.claim(folder, () -> new File(system.directory(), folder));
    }

    /** One for each environment: events must not reach another one when the app changes its API key. */
    private String folder() {
        CRC32 key = new CRC32();
        key.update(apiKey.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%s-%08x", name, key.getValue());
    }

    private static long duration(String field, long time, TimeUnit unit, long most) {
        return Guard.range(field, Guard.notNull("unit", unit).toMillis(time), 1, most);
    }
}
