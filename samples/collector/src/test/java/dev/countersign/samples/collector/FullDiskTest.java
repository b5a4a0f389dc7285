package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A collector in a process of its own, whose files the system lets grow no more, and then does again. */
@Timeout(120)
class FullDiskTest {
    @TempDir
    Path directory;

    @Test
    void whenTheSystemRefusesToWrite_whatWasAcknowledgedStays_andItGoesOnWithoutARestart() throws Exception {
        requirePrlimit();
        Path database = directory.resolve("c.sqlite");
        List<String> acknowledged = new ArrayList<>();
        TestEnvironment environment;
        try (CollectorProcess process =
                CollectorProcess.start(database, 0, TestClient.ADMIN_TOKEN, directory.resolve("output.txt"))) {
            environment = new TestClient(process.awaitUrl()).environment("hmac-hex", "OPTIONAL", "REJECT");
            send(environment, 10, acknowledged);
            assertEquals(10, acknowledged.size());

            letFilesGrowTo(100_000, process); // They are longer already, the log as what it would be copied to.
            Answer last = send(environment, 20, acknowledged);
            int whileFull = acknowledged.size();
            letFilesGrowTo(1L << 40, process);
            Answer again = send(environment, 10, acknowledged);

            assertEquals(503, last.status(), last.text());
            assertEquals("STORAGE_UNAVAILABLE", last.at("error", "code"));
            assertEquals(10, whileFull);
            assertEquals(200, again.status(), again.text());
            assertEquals(whileFull + 10, acknowledged.size());
            assertEquals(200, environment.client().get("/health").status());
        }
        assertEquals(acknowledged, SqliteTestStorage.rows(database, environment, "id"));
    }

    private static Answer send(TestEnvironment environment, int events, List<String> acknowledged) {
        Answer answer = null;
        for (int i = 0; i < events; i++) {
            String id = Events.id();
            String padding = "\"properties\":{\"x\":\"" + "y".repeat(20_000) + "\"}";
            answer = environment.client().event(environment, Events.track(id, Events.user("u_1"), padding));
            if (answer.status() == 200) {
                acknowledged.add(id);
            }
        }
        return answer;
    }

    private static void letFilesGrowTo(long bytes, CollectorProcess process) throws Exception {
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", Long.toString(process.process().pid()), "--fsize=" + bytes + ":unlimited")
                .inheritIO()
                .start();
        assertEquals(0, prlimit.waitFor());
    }

    private static void requirePrlimit() {
        boolean present = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "prlimit")));
        String missing = "prlimit (util-linux) is not installed: the limit of a file's size cannot be set";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(present, missing);
        }
        if (!present) {
            System.out.println("skipped: " + missing);
        }
        Assumptions.assumeTrue(present, missing);
    }
}
