package dev.countersign.samples.backends.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The real collector as a process, one for all tests of this JVM, and its administration. */
final class Collector {
    private static final Path JAR =
            Path.of("../../collector/target/collector.jar").toAbsolutePath();
    private static final String ADMIN_TOKEN = "the-admin-token-of-the-contract-test-only";

    private static Collector shared;

    private final BackEndProcess process;
    private final HttpClient http = HttpClient.newHttpClient();

    private Collector(BackEndProcess process) {
        this.process = process;
    }

    /** Started on the first call, ended with this JVM. */
    static synchronized Collector shared() throws IOException {
        if (shared == null) {
            assertTrue(Files.exists(JAR), JAR + " is missing; package that module first");
            Path directory = Files.createDirectories(Path.of("target").toAbsolutePath());
            Path work = Files.createTempDirectory(directory, "collector");
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            BackEndProcess process = BackEndProcess.start(
                    List.of(java, "-Xmx192m", "-jar", JAR.toString()),
                    work,
                    Map.of(
                            "COLLECTOR_DB",
                            work.resolve("collector.db").toString(),
                            "COLLECTOR_ADMIN_TOKEN",
                            ADMIN_TOKEN));
            Runtime.getRuntime().addShutdownHook(new Thread(process::end));
            shared = new Collector(process);
        }
        return shared;
    }

    URI address() throws InterruptedException {
        return process.address();
    }

    /** A new environment in STRICT: {@code id} and {@code apiKey}. */
    Map<String, Object> createEnvironment(String form) throws Exception {
        return admin("POST", "", Map.of("name", form, "form", form, "mode", "STRICT", "anonymous", "REJECT"));
    }

    /** A new key: {@code id} and {@code secret}. The first one of an environment is its primary. */
    Map<String, Object> createKey(Object environment) throws Exception {
        return admin("POST", "/" + environment + "/keys", Map.of("description", "contract"));
    }

    void promote(Object environment, Object key) throws Exception {
        admin("POST", "/" + environment + "/keys/" + key + "/promote", Map.of());
    }

    void revoke(Object environment, Object key) throws Exception {
        admin("POST", "/" + environment + "/keys/" + key + "/revoke", Map.of("confirm", key));
    }

    /** Verified events that used that key. */
    long accepted(Object environment, Object key) throws Exception {
        List<?> keys =
                (List<?>) admin("GET", "/" + environment + "/keys", Map.of()).get("keys");
        return keys.stream()
                .map(Map.class::cast)
                .filter(one -> one.get("id").equals(key))
                .mapToLong(one -> ((Double) one.get("accepted")).longValue())
                .sum();
    }

    /** Posts one event, as anybody may; the answer's status and body. */
    Answer ingest(Object apiKey, Map<String, ?> event) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address().resolve("/api/v1/events"))
                .header("X-API-Key", (String) apiKey)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.text(event)))
                .build();
        return Answer.of(http.send(request, BodyHandlers.ofString()));
    }

    private Map<String, Object> admin(String method, String path, Map<String, ?> body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address().resolve("/admin/environments" + path))
                .header("Authorization", "Bearer " + ADMIN_TOKEN)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.text(body)))
                .build();
        Answer answer = Answer.of(http.send(request, BodyHandlers.ofString()));
        assertTrue(answer.status() < 300, path + " answered " + answer.status());
        return answer.json();
    }
}
