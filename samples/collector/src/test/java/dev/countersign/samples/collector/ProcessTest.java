package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The collector as a process: its first lines, its end by kill and by SIGTERM. */
@Timeout(120)
class ProcessTest {
    private static final int SENDERS = 4;

    @TempDir
    Path directory;

    private final List<CollectorProcess> started = new ArrayList<>();

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (CollectorProcess process : started) {
            process.close();
        }
    }

    private CollectorProcess start(String adminToken) throws IOException {
        Path output = directory.resolve("output-" + started.size() + ".txt");
        CollectorProcess process = CollectorProcess.start(database(), 0, adminToken, output);
        started.add(process);
        return process;
    }

    private Path database() {
        return directory.resolve("collector.sqlite");
    }

    private static TestClient client(CollectorProcess process) throws IOException, InterruptedException {
        return new TestClient(process.awaitUrl());
    }

    @Test
    void whatStopsIt_isSaidInOneLine_andEndsTheProcess() throws Exception {
        CollectorProcess started = start("short");

        assertTrue(started.process().waitFor(30, TimeUnit.SECONDS));
        assertEquals(1, started.process().exitValue());
        assertEquals(
                "collector did not start: the admin token has 5 characters; allowed are 32 or more",
                Files.readString(started.output()).strip());
    }

    @Test
    void aSecondProcessOnTheSameFile_doesNotStart_andTheFirstGoesOn() throws Exception {
        TestClient first = client(start(TestClient.ADMIN_TOKEN));

        CollectorProcess second = start(TestClient.ADMIN_TOKEN);

        assertTrue(second.process().waitFor(30, TimeUnit.SECONDS));
        assertEquals(1, second.process().exitValue());
        assertEquals(
                "collector did not start: the database " + database() + " is in use by another collector",
                Files.readString(second.output()).strip());
        assertEquals(200, first.get("/admin/stats").status());
    }

    @Test
    void killedUnderLoad_whatItAcknowledgedIsStored_once() throws Exception {
        CollectorProcess process = start(TestClient.ADMIN_TOKEN);
        Sent sent = new Sent(client(process), 400);
        process.kill();
        sent.await();

        client(start(TestClient.ADMIN_TOKEN));

        sent.assertAcknowledgedIsStored(database());
    }

    @Test
    void endedUnderLoad_itAnswersWhatItAccepted() throws Exception {
        CollectorProcess process = start(TestClient.ADMIN_TOKEN);
        Sent sent = new Sent(client(process), 400);
        assertTrue(process.terminate());
        sent.await();

        sent.assertAcknowledgedIsStored(database());
        assertEquals(
                sent.acknowledged.size(),
                SqliteTestStorage.rows(database(), sent.environment, "id").size());
    }

    @Test
    void theTokenOfTheFirstStart_isPrintedOnce_andIsInNoAnswer_andNotInTheFile() throws Exception {
        CollectorProcess process = start("");
        TestClient there = client(process);
        String token = Files.readAllLines(process.output()).get(0).replaceFirst(".*: ", "");
        String credentials =
                there.admin("GET", "/admin/credentials", "", "Bearer " + token).text();
        String audit = there.admin("GET", "/admin/audit", "", "Bearer " + token).text();
        assertTrue(process.terminate());

        assertTrue(token.startsWith("sat_"));
        assertTrue(credentials.contains("ADMIN"), credentials);
        assertFalse((credentials + audit).contains(token));
        for (TestStorage.Kept kept : new SqliteTestStorage(directory).kept()) {
            assertFalse(!kept.where().startsWith("output") && kept.content().contains(token), kept.where());
        }
        assertEquals(
                1,
                Files.readAllLines(process.output()).stream()
                        .filter(line -> line.contains("sat_"))
                        .count());
    }

    /** Events that some threads send, one after the other, until the collector is gone. */
    private static final class Sent {
        final TestEnvironment environment;
        final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
        private final CountDownLatch enough;
        private final String proven;
        private final List<CompletableFuture<Void>> senders = new ArrayList<>();

        Sent(TestClient client, int untilAcknowledged) throws InterruptedException {
            enough = new CountDownLatch(untilAcknowledged);
            environment = client.environment("hmac-hex", "STRICT", "REJECT");
            proven = Events.user("u_1", Proofs.hex(environment.createKey().secret(), "u_1"));
            for (int i = 0; i < SENDERS; i++) {
                senders.add(CompletableFuture.runAsync(this::sendUntilItFails));
            }
            assertTrue(enough.await(60, TimeUnit.SECONDS));
        }

        private void sendUntilItFails() {
            try {
                while (true) {
                    String id = Events.id();
                    if (environment
                                    .client()
                                    .event(environment, Events.track(id, proven))
                                    .status()
                            != 200) {
                        return;
                    }
                    acknowledged.add(id);
                    enough.countDown();
                }
            } catch (UncheckedIOException e) {
                // The collector is gone.
            }
        }

        void await() {
            senders.forEach(CompletableFuture::join);
        }

        void assertAcknowledgedIsStored(Path database) {
            List<String> stored = SqliteTestStorage.rows(database, environment, "id");
            Set<String> missing = new HashSet<>(acknowledged);
            stored.forEach(missing::remove);
            assertEquals(Set.of(), missing);
            assertTrue(acknowledged.size() >= 400);
        }
    }

    /** There is no TLS in it: what does is in front of it, on the same machine. */
    @Test
    @Tag("R68")
    void unlessToldOtherwise_itListensOnLoopbackAlone() throws Exception {
        assertEquals("127.0.0.1", Settings.of(name -> null).host());
        assertTrue(start(TestClient.ADMIN_TOKEN).awaitUrl().startsWith("http://127.0.0.1:"));
    }
}
