package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.collector.scaled.Engines;
import dev.countersign.samples.collector.scaled.ScaledSettings;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Types how samples/collector-scaled/README.md starts a collector and a consumer, on a real broker and database. */
@Timeout(180)
class ScaledReadmeTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("samples/collector-scaled/README.md");
    private static final Pattern BLOCK = Pattern.compile("```\n(\\$ mvn .*?)```", Pattern.DOTALL);

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(process -> process.destroyForcibly().onExit().join());
    }

    @Test
    @Tag("T13")
    void theTwoProcessesOfThePage_takeAnEventAndStoreIt(@TempDir Path directory) throws Exception {
        requireJar();
        Programs.require("bash");
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        assertTrue(block.find(), "the page says how to run it");
        List<String> typed = List.of(block.group(1).strip().substring(2).split("\n\\$ "));
        assertEquals(3, typed.size(), "the build, a collector, a consumer");
        ScaledSettings settings = Engines.shared().fresh("readme");

        TestClient client = new TestClient(start(typed.get(1), settings, directory, "collector listening on "));
        start(typed.get(2), settings, directory, "consumer listening on ");
        TestEnvironment environment = client.environment("hmac-v1", "STRICT", "REJECT");
        String proof = Proofs.v1(environment.createKey().secret(), "u_1");
        Answer answer = client.event(environment, Events.track(Events.id(), Events.user("u_1", proof)));

        assertEquals(200, answer.status());
        assertEquals(List.of("track VERIFIED"), awaitStored(settings, environment));
    }

    /** The build of the block's first line, which is this build's. */
    private static void requireJar() {
        boolean built = Files.exists(ROOT.resolve("samples/collector-scaled/target/collector-scaled.jar"));
        if (!built && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("samples/collector-scaled is not packaged");
        }
        if (!built) {
            System.out.println("skipped: samples/collector-scaled is not packaged, so its jar cannot be started");
        }
        Assumptions.assumeTrue(built, "samples/collector-scaled is not packaged");
    }

    /** Starts what is typed; returns what it says behind the mark when it is ready. */
    private String start(String typed, ScaledSettings settings, Path directory, String mark) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", "exec " + typed)
                .directory(ROOT.toFile())
                .redirectError(directory.resolve("errors").toFile());
        shell.environment().putAll(environment(settings));
        Process process = shell.start();
        started.add(process);
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(mark)) {
                return line.substring(mark.length());
            }
        }
        throw new AssertionError(typed + " did not start: " + Files.readString(directory.resolve("errors")));
    }

    private static Map<String, String> environment(ScaledSettings settings) {
        String masterKey = Base64.getEncoder().encodeToString(new byte[32]);
        return Engines.environment(settings, settings.instance(), 0, TestClient.ADMIN_TOKEN, masterKey);
    }

    private static List<String> awaitStored(ScaledSettings settings, TestEnvironment environment) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(settings.postgres(), settings.user(), settings.password())) {
            List<String> rows = List.of();
            while (rows.isEmpty()) {
                Thread.onSpinWait();
                rows = SqliteTestStorage.rows(connection, environment, "type, verdict");
            }
            return rows;
        }
    }
}
