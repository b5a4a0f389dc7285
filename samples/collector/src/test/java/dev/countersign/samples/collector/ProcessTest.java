package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The collector as a process: its first lines, its end by kill and by SIGTERM, and what it leaves on disk. */
@Timeout(120)
class ProcessTest {
    private static final int SENDERS = 4;

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(String adminToken) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Collector.class.getName());
        builder.environment().put("COLLECTOR_DB", database().toString());
        builder.environment().put("PORT", "0");
        builder.environment().put("COLLECTOR_ADMIN_TOKEN", adminToken);
        builder.redirectErrorStream(true).redirectOutput(output().toFile());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private Path database() {
        return directory.resolve("c.sqlite");
    }

    private Path output() {
        return directory.resolve("output-" + started.size() + ".txt");
    }

    private TestClient awaitClient(Process process, Path output) throws IOException, InterruptedException {
        while (process.isAlive()) {
            for (String line : Files.readAllLines(output)) {
                if (line.startsWith("collector listening on ")) {
                    return new TestClient(line.substring("collector listening on ".length()));
                }
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError(Files.readString(output));
    }

    @Test
    void whatStopsIt_isSaidInOneLine_andEndsTheProcess() throws Exception {
        Path output = output();

        Process process = start("short");

        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
        assertEquals(
                "collector did not start: the admin token has 5 characters; allowed are 32 or more",
                Files.readString(output).strip());
    }

    @Test
    void killedUnderLoad_whatItAcknowledgedIsStored_once() throws Exception {
        Path output = output();
        Process process = start(TestClient.ADMIN_TOKEN);
        TestClient client = awaitClient(process, output);
        Sent sent = new Sent(client, 400);
        process.destroyForcibly().waitFor();
        sent.await();

        Path second = output();
        awaitClient(start(TestClient.ADMIN_TOKEN), second);

        sent.assertAcknowledgedIsStored(database());
    }

    @Test
    void endedUnderLoad_itAnswersWhatItAccepted() throws Exception {
        Path output = output();
        Process process = start(TestClient.ADMIN_TOKEN);
        TestClient client = awaitClient(process, output);
        Sent sent = new Sent(client, 400);
        process.destroy();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        sent.await();

        sent.assertAcknowledgedIsStored(database());
        assertEquals(
                sent.acknowledged.size(),
                SqliteTestStorage.rows(database(), sent.environment, "id").size());
    }

    @Test
    @Tag("R43")
    @Tag("R67")
    void secretsAndProofs_areInNoFileAndNoLog() throws Exception {
        Path output = output();
        Process process = start("");
        TestClient unused = awaitClient(process, output);
        String token = Files.readAllLines(output).get(0).replaceFirst(".*: ", "");
        assertTrue(token.startsWith("sat_"), token);
        assertEquals(401, unused.get("/admin/stats").status());
        process.destroyForcibly().waitFor();

        Path second = output();
        Process again = start(TestClient.ADMIN_TOKEN);
        TestClient client = awaitClient(again, second);
        List<String> hidden = new ArrayList<>(List.of(token, TestClient.ADMIN_TOKEN));
        for (String form : List.of("hmac-hex", "hmac-base64", "hmac-v1", "jwt")) {
            TestEnvironment environment = client.environment(form, "OBSERVE", "REJECT");
            String secret = environment.createKey().secret();
            hidden.add(secret);
            for (String proof : List.of(
                    Proofs.hex(secret, "u_1"),
                    Proofs.base64(secret, "u_1"),
                    Proofs.v1(secret, "u_1"),
                    Proofs.jwt(secret, EnforcementTest.claims(environment, EnforcementTest.id("u_1"), "{}")))) {
                hidden.add(proof);
                String event = Events.track(Events.id(), Events.user("u_1", proof), Events.group("acme", proof));
                client.event(environment, event);
                client.batch(environment, event, "{\"identityToken\":\"" + proof + "\"}");
                client.ingest(environment.apiKey(), "", event + proof);
                client.ingest("pk_unknown", "?identityToken=" + proof.replace('+', '-'), event);
            }
        }
        again.destroy();
        again.waitFor();

        Files.delete(output); // It shows the generated token, once, as it should.
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> assertHoldsNone(file, hidden));
        }
    }

    private static void assertHoldsNone(Path file, List<String> hidden) {
        try {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            for (String text : hidden) {
                assertFalse(content.contains(text), file.getFileName() + " holds " + text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
}
