package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types what docs/enforcement.md, docs/troubleshooting.md and docs/collector.md show, against a real collector. */
class GuideTranscriptsTest extends CollectorTest {
    private static final Path DOCS = Path.of("..", "..", "docs");

    /** An event that is not the page's: what the collector holds before the page asks for it. */
    private void send(TestEnvironment environment, String version, String who) {
        String context = "\"context\":{\"app\":{\"version\":\"" + version + "\"}}";
        assertEquals(
                200,
                client.event(environment, Events.track(Events.id(), who, context))
                        .status());
    }

    private List<String> typed(Transcript transcript, TestEnvironment environment, Path directory) throws Exception {
        Stream.of("bash", "curl").forEach(Programs::require);
        return transcript.assertHolds(
                directory,
                Map.of("C", collector.url(), "TOKEN", TestClient.ADMIN_TOKEN, "ENV", environment.id()),
                Transcript.function(Path.of("README.md"), "admin"));
    }

    @Test
    @Tag("R49")
    @Tag("R50")
    @Tag("R58")
    void theRollOutOfEnforcement_goesAsItsPageShows(@TempDir Path directory) throws Exception {
        List<Transcript> page = Transcript.each(DOCS.resolve("enforcement.md"));
        assertEquals(4, page.size(), "the page's steps");
        String made = typed(page.get(0), new TestEnvironment(client, "", ""), directory)
                .get(0);
        TestEnvironment environment = new TestEnvironment(client, member(made, "id"), member(made, "apiKey"));
        String secret = environment.createKey().secret();
        send(environment, "2.1.0", Events.user("u_1", Proofs.v1(secret, "u_1")));
        send(environment, "2.1.0", Events.user("u_2", Proofs.v1(secret, "u_1")));
        send(environment, "2.0.3", Events.user("u_3"));
        send(environment, "2.1.0", Events.anonymous("a_1"));
        storage.settle();

        typed(page.get(1), environment, directory);
        typed(page.get(2), environment, directory);
        assertEquals("OPTIONAL", client.get(environment.path("")).at("mode"));
        typed(page.get(3), environment, directory);

        assertEquals("STRICT", client.get(environment.path("")).at("mode"));
    }

    private static String member(String json, String name) {
        return json.replaceFirst(".*\"" + name + "\":\"([^\"]*)\".*", "$1");
    }

    @Test
    @Tag("R70")
    void aProofWithoutItsPrefix_isDiagnosedAsThePageShows(@TempDir Path directory) throws Exception {
        TestEnvironment environment = client.environment("hmac-v1", "STRICT", "REJECT");
        String proof = Proofs.hex(environment.createKey().secret(), "u_123");
        Transcript page = Transcript.whole(DOCS.resolve("troubleshooting.md"));
        List<String> typed = page.typed().stream()
                .map(line -> line.replaceFirst("\"proof\":\"[0-9a-f]+…\"", "\"proof\":\"" + proof + "\""))
                .toList();
        assertTrue(typed.toString().contains(proof), "the page shows a proof");

        typed(new Transcript(typed, page.shown()), environment, directory);
    }

    @Test
    void theBackUpThatIsTypedWhileItRuns_startsACollectorWithWhatWasStored(@TempDir Path directory) throws Exception {
        Programs.require("sqlite3");
        String command = blockOf(DOCS.resolve("collector.md"), "sqlite3 ");
        Path live = Files.createDirectory(directory.resolve("live"));
        Path backup = Files.createDirectory(directory.resolve("backup"));
        TestEnvironment environment;
        try (CollectorProcess process = process(live)) {
            TestClient app = new TestClient(process.awaitUrl());
            environment = app.environment("hmac-v1", "STRICT", "REJECT");
            String proof = Proofs.v1(environment.createKey().secret(), "u_1");
            String event = Events.track(Events.id(), Events.user("u_1", proof));
            assertEquals(200, app.event(environment, event).status());

            new Transcript(List.of(command.replace("/backup/", backup + "/")), List.of()).assertHolds(live, Map.of());
            Files.copy(live.resolve("collector.db.master"), backup.resolve("collector.db.master"));
        }
        try (CollectorProcess process = process(backup)) {
            TestClient app = new TestClient(process.awaitUrl());
            assertEquals(200, app.get(environment.path("/keys")).status());
            assertEquals(
                    List.of("VERIFIED"),
                    SqliteTestStorage.rows(backup.resolve("collector.db"), environment, "verdict"));
        }
    }

    private static CollectorProcess process(Path directory) throws Exception {
        return CollectorProcess.start(
                directory.resolve("collector.db"), 0, TestClient.ADMIN_TOKEN, directory.resolve("output"));
    }

    private static String blockOf(Path page, String start) throws Exception {
        List<String> found = Pattern.compile("```sh\n(" + start + ".*?)\n```", Pattern.DOTALL)
                .matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(1, found.size(), page + ": " + start);
        return found.get(0);
    }
}
