package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the collector with signal 9, again and again, while the client as it ships sends to it: what was acknowledged is
 * in the file after every kill, and in the end every event is there once. {@code -Dkills=50} makes it fifty kills.
 */
@Timeout(1_200)
class KilledCollectorTest {
    private static final int KILLS = Integer.getInteger("kills", 5);
    private static final int USERS = 3;
    /** Each fifth kill meets a collector that is still starting. */
    private static final int STARTING = 5;

    private final long seed = Long.getLong("kills.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    Path directory;

    private final List<KilledCollectorApp> apps = new ArrayList<>();
    private int port;
    private int starts;
    private CollectorProcess collector;

    @AfterEach
    void end() throws InterruptedException {
        apps.forEach(KilledCollectorApp::close);
        collector.close();
    }

    @Test
    @Tag("R65")
    @Tag("R66")
    void killedUnderLoad_whatItAcknowledgedIsStored_andNothingTwice() throws Exception {
        port = freePort();
        start();
        String url = collector.awaitUrl();
        TestEnvironment environment = new TestClient(url).environment("hmac-v1", "STRICT", "REJECT");
        TestEnvironment.Key key = environment.createKey();
        for (int user = 0; user < USERS; user++) {
            apps.add(
                    new KilledCollectorApp(url, environment.apiKey(), key, "u_" + user, directory.resolve("u" + user)));
        }
        int inDoubt = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            if (kill % STARTING == STARTING - 1) {
                collector.process().waitFor(random.nextInt(1_500), TimeUnit.MILLISECONDS);
            } else {
                collector.awaitUrl();
                awaitAcknowledged(acknowledgedCount() + 200);
                collector.process().waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
            }
            collector.kill();
            inDoubt += assertAcknowledgedIsStored(environment);
            start();
        }
        collector.awaitUrl();
        long tracked = 0;
        for (KilledCollectorApp app : apps) {
            tracked += app.stop();
        }
        Set<String> acknowledged = acknowledged();
        collector.kill();
        List<String> stored = stored(environment);
        int duplicates = stored.size() - new HashSet<>(stored).size();
        System.out.println("collector kills " + KILLS + " tracked " + tracked + " acknowledged " + acknowledged.size()
                + " stored " + stored.size() + " duplicates " + duplicates + " lost "
                + (tracked - new HashSet<>(stored).size()) + "; stored at a kill and not yet acknowledged " + inDoubt
                + "; seed " + seed);
        assertEquals(
                List.of(),
                apps.stream().flatMap(app -> app.complaints().stream()).toList());
        assertEquals(tracked, acknowledged.size());
        assertEquals(acknowledged, new HashSet<>(stored));
        assertEquals(0, duplicates);
        assertTrue(KILLS < 50 || inDoubt > 0, "no kill came between a commit and its answer: nothing was sent again");
    }

    private void start() throws IOException {
        Path output = directory.resolve("output-" + starts++ + ".txt");
        collector = CollectorProcess.start(directory.resolve("c.sqlite"), port, TestClient.ADMIN_TOKEN, output);
    }

    private void awaitAcknowledged(int events) {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (acknowledgedCount() < events) {
            assertTrue(System.nanoTime() < patience, "nothing is acknowledged any more");
            assertTrue(collector.process().isAlive(), "the collector has ended by itself");
            LockSupport.parkNanos(2_000_000);
        }
    }

    private int acknowledgedCount() {
        return apps.stream().mapToInt(app -> app.acknowledged().size()).sum();
    }

    private Set<String> acknowledged() {
        Set<String> all = new HashSet<>();
        apps.forEach(app -> all.addAll(app.acknowledged()));
        return all;
    }

    /** How many events are stored whose senders do not know it: these will be sent again. */
    private int assertAcknowledgedIsStored(TestEnvironment environment) throws IOException {
        Set<String> missing = acknowledged();
        int known = missing.size();
        Set<String> stored = new HashSet<>(stored(environment));
        missing.removeAll(stored);
        assertEquals(Set.of(), missing, "acknowledged and not stored; seed " + seed);
        return stored.size() - known;
    }

    /** What the dead collector left, each event as its owner and number: of a copy, so that the next start finds the log. */
    private List<String> stored(TestEnvironment environment) throws IOException {
        Path copy = Files.createDirectories(directory.resolve("copy")).resolve("c.sqlite");
        for (String part : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(copy + part));
            Path original = directory.resolve("c.sqlite" + part);
            if (!part.equals("-shm") && Files.exists(original)) {
                Files.copy(original, Path.of(copy + part));
            }
        }
        return SqliteTestStorage.rows(copy, environment, "owner, json_extract(body, '$.properties.n')").stream()
                .filter(row -> !row.endsWith(" null")) // The log-ins have no number.
                .toList();
    }

    /** Below the ports that clients get: one that connects while nobody listens must not meet itself. */
    private int freePort() {
        while (true) {
            int candidate = 20_000 + random.nextInt(10_000);
            try (ServerSocket socket = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: another one.
            }
        }
    }
}
