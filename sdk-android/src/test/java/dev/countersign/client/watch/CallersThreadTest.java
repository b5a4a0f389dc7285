package dev.countersign.client.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.Countersign;
import dev.countersign.client.CountersignBuilder;
import dev.countersign.client.delivery.CollectionMode;
import dev.countersign.client.delivery.Diagnostics;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.testkit.Answers;
import dev.countersign.client.testkit.TestCollector;
import dev.countersign.client.testkit.TestProofs;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * No call makes a file or socket call on the thread that makes it, nor waits for one of another thread's: the JDK's own
 * methods are instrumented and tell. Class loading is not counted; the JVM does that, wherever a class is first used.
 */
@Timeout(120)
class CallersThreadTest {
    private static final Attributes LARGE = Attributes.of("text", "x".repeat(1000));

    @TempDir
    Path root;

    private final TestCollector collector = new TestCollector();

    @BeforeEach
    void start() {
        collector.url(); // opens its socket here, before anybody watches
    }

    @AfterEach
    void close() {
        collector.close();
    }

    private CountersignBuilder builder() {
        return Countersign.builder("pk_test")
                .endpoint(collector.url())
                .directory(root.toFile())
                .proofProvider(request -> IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), 1)))
                .logger((level, message, cause) -> {});
    }

    @Test
    void everyCall_beforeAndAfterTheDirectoryIsOpen() throws Exception {
        try (IoWatch watch = new IoWatch()) {
            Countersign client = builder().build();
            EveryCall.everything(client); // in the prologue, all or in part
            awaitOpen(watch, client);
            EveryCall.everything(client);
            awaitDelivery(watch, client);
            EveryCall.everything(client); // with connections, threads and files at hand
            EveryCall.drop(client);
            close(watch, client);
            assertSilence(watch);
        }
    }

    @Test
    void aRestartWithABacklog() throws Exception {
        try (Countersign former = builder().build()) {
            former.setCollection(CollectionMode.PAUSED);
            for (int i = 0; i < 3000; i++) {
                former.track("e" + i, LARGE);
            }
        }
        try (IoWatch watch = new IoWatch()) {
            Countersign client = builder().build();
            client.setCollection(CollectionMode.ENABLED);
            EveryCall.everything(client);
            awaitOpen(watch, client);
            EveryCall.everything(client); // while the backlog is read and sent
            watch.pause(true);
            while (collector.stored().size() < 3000) {
                client.flush(1, TimeUnit.SECONDS);
            }
            watch.pause(false);
            EveryCall.everything(client);
            EveryCall.drop(client);
            close(watch, client);
            assertSilence(watch);
        }
    }

    @Test
    void aBurstThatRollsFiles_waitsForNothingButTheNextFile() throws Exception {
        try (IoWatch watch = new IoWatch()) {
            Countersign client = builder().maxQueuedEvents(50_000).build();
            awaitOpen(watch, client);
            long before = watch.waits();
            int parksBefore = watch.parks().size();
            for (int i = 0; i < 20_000; i++) {
                client.track("e", LARGE); // 20 MB: some forty files
            }
            long waits = watch.waits() - before;
            List<String> parks =
                    watch.parks().subList(parksBefore, watch.parks().size());
            System.out.println("burst of 20,000 events: " + waits + " waits, of which for the next file "
                    + watch.waitsForSpare() + ", parked " + parks);
            assertTrue(
                    waits <= watch.waitsForSpare(),
                    waits + " waits, for files " + watch.waitsForSpare() + ", parked " + parks);
            EveryCall.drop(client);
            close(watch, client);
            assertSilence(watch);
        }
    }

    @Test
    void aFullQueue_evictsAndCopies() throws Exception {
        collector.judge = event -> "u_late".equals(event.userId()) ? "SIGNATURE_MISMATCH" : null;
        try (IoWatch watch = new IoWatch()) {
            Countersign client =
                    builder().maxQueuedBytes(1_000_000).maxQueuedEvents(800).build();
            awaitOpen(watch, client);
            long before = watch.waits();
            for (int i = 0; i < 200; i++) {
                client.identify(i % 2 == 0 ? "u_late" : "u_1");
                for (int k = 0; k < 50; k++) {
                    client.track("e", LARGE);
                }
                EveryCall.everything(client);
            }
            assertTrue(client.diagnostics().getQueuedEvents() <= 800);
            assertTrue(
                    watch.waits() - before
                            <= watch.waitsForSpare() + watch.parks().size(),
                    "waits for the next file, or for the lock of an executor's queue");
            System.out.println("full queue: " + (watch.waits() - before) + " waits, of which for the next file "
                    + watch.waitsForSpare() + ", parked "
                    + watch.parks().stream().distinct().toList());
            EveryCall.drop(client);
            close(watch, client);
            assertSilence(watch);
        }
    }

    @Test
    void afterFailures() throws Exception {
        File inTheWay = Files.writeString(root.resolve("file"), "").toFile();
        collector.next(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        collector.next(Answers.error(500, "OVERLOADED"));
        collector.next(Answers.error(401, "INVALID_API_KEY"));
        try (IoWatch watch = new IoWatch()) {
            Countersign client = builder()
                    .directory(inTheWay)
                    .proofProvider(request -> {
                        throw new IOException("no network");
                    })
                    .build();
            for (int i = 0; i < 5; i++) {
                EveryCall.everything(client);
                watch.pause(true);
                client.flush(200, TimeUnit.MILLISECONDS);
                watch.pause(false);
            }
            assertEquals(Diagnostics.Storage.UNAVAILABLE, client.diagnostics().getStorage());
            EveryCall.drop(client);
            close(watch, client);
            assertSilence(watch);
        }
    }

    @Test
    void aMemoryQueue() throws Exception {
        try (IoWatch watch = new IoWatch()) {
            Countersign client = Countersign.builder("pk_test")
                    .endpoint(collector.url())
                    .memoryQueue()
                    .logger((level, message, cause) -> {})
                    .build();
            EveryCall.everything(client);
            awaitDelivery(watch, client);
            EveryCall.everything(client);
            EveryCall.drop(client);
            close(watch, client);
            assertSilence(watch);
        }
    }

    @Test
    void plantedViolations_areCaughtEach() throws Exception {
        Path file = Files.writeString(root.resolve("f"), "content");
        Map<String, Planted> violations = new LinkedHashMap<>();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            violations.put("FileInputStream", () -> new FileInputStream(file.toFile()).close());
            violations.put("FileOutputStream", () -> new FileOutputStream(file.toFile()).close());
            violations.put("RandomAccessFile", () -> new RandomAccessFile(file.toFile(), "rw").close());
            violations.put("File.exists", () -> file.toFile().exists());
            violations.put("File.delete", () -> new File("none").delete());
            violations.put("File.normalizedList", () -> root.toFile().listFiles());
            violations.put("UnixFileSystemProvider", () -> Files.readAllBytes(file));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                violations.put("FileChannelImpl.map", () -> channel.map(FileChannel.MapMode.READ_ONLY, 0, 4));
                violations.put("FileChannelImpl.tryLock", () -> channel.tryLock(0, 1, true));
                violations.put("FileChannelImpl.force", () -> channel.force(true));
                violations.put(
                        "MappedMemoryUtils.force",
                        () -> channel.map(FileChannel.MapMode.READ_WRITE, 0, 4).force());
                violations.put("NioSocketImpl", () -> new Socket("127.0.0.1", server.getLocalPort()).close());
                violations.put(
                        "SocketChannelImpl",
                        () -> SocketChannel.open(
                                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()))
                                .close());
                violations.put("InetAddress", () -> InetAddress.getByName("localhost"));
                violations.put("ProcessBuilder", () -> new ProcessBuilder("true").start());
                for (Map.Entry<String, Planted> violation : violations.entrySet()) {
                    try (IoWatch watch = new IoWatch()) {
                        Countersign client = planted(violation.getValue());
                        client.track("a");
                        watch.pause(true);
                        client.close();
                        assertTrue(
                                watch.calls().stream().anyMatch(call -> call.contains(violation.getKey())),
                                violation.getKey() + " was not noticed: " + watch.calls());
                    }
                }
            }
        }
    }

    /** A client of which track makes that call: in the app's logger, which runs on the caller's thread here. */
    private Countersign planted(Planted violation) {
        Countersign client = Countersign.builder("pk_test")
                .endpoint(collector.url())
                .memoryQueue()
                .collection(CollectionMode.DISABLED)
                .callbackExecutor(task -> {
                    try {
                        violation.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .listener(new dev.countersign.client.delivery.DeliveryListener() {})
                .logger((level, message, cause) -> {})
                .build();
        return client;
    }

    @Test
    void aPlantedWait_isCountedToo() throws Exception {
        try (IoWatch watch = new IoWatch()) {
            Thread other = new Thread(() -> {});
            Object lock = new Object();
            synchronized (lock) {
                lock.wait(1);
            }
            other.start();
            other.join();
            assertTrue(watch.waits() >= 1);
        }
    }

    private interface Planted {
        void run() throws Exception;
    }

    private static void awaitOpen(IoWatch watch, Countersign client) {
        watch.pause(true);
        while (client.getAnonymousId() == null) {
            Thread.onSpinWait();
        }
        watch.pause(false);
    }

    private static void awaitDelivery(IoWatch watch, Countersign client) {
        watch.pause(true);
        client.flush(1, TimeUnit.SECONDS); // some wait for proofs longer than that
        watch.pause(false);
    }

    private static void close(IoWatch watch, Countersign client) {
        watch.pause(true);
        client.close(1, TimeUnit.SECONDS);
    }

    private static void assertSilence(IoWatch watch) {
        assertEquals("", watch.calls().stream().distinct().limit(5).collect(Collectors.joining("\n")));
        assertTrue(watch.othersCalls() > 0, "the client's own threads are heard");
        assertEquals(Set.of(), without(watch.heldLocks(), "DirectoryLock.acquire"), "locks held during I/O");
    }

    private static Set<String> without(Set<String> all, String one) {
        return all.stream().filter(each -> !each.startsWith(one)).collect(Collectors.toSet());
    }
}
