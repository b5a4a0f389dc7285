package dev.countersign.samples.rotation.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.server.key.KeyRingFile;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTest {

    private static final String SECRET = Secret.generateText();

    private final Environment environment = new Environment(ProofForm.HEX, "env_1", "pk_1");
    private final Map<String, String> answers = new HashMap<>();
    private int status = 200;

    @TempDir
    private Path directory;

    private HttpServer server;
    private CollectorAdmin collector;
    private String url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
        collector = new CollectorAdmin(url, "token");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    @Tag("T3")
    void aRotation_inABackEndsRing_neverLeavesItWithoutASigningKey() throws Exception {
        BackEnd backEnd = new BackEnd("Spring Boot", directory.resolve("rings"));
        IssuedKey k1 = new IssuedKey("k1", Secret.of(SECRET));
        IssuedKey k2 = new IssuedKey("k2", Secret.of(Secret.generateText()));

        backEnd.install(environment, k1.asFirstRing());
        backEnd.change(environment, k2::addTo);
        assertEquals(
                "k1", KeyRingFile.read(backEnd.ringFile(environment)).primary().id());
        backEnd.change(environment, k2::promoteIn);
        assertEquals(
                "k2", KeyRingFile.read(backEnd.ringFile(environment)).primary().id());
        backEnd.change(environment, k1::revokeIn);

        assertEquals(
                KeyStatus.REVOKED,
                KeyRingFile.read(backEnd.ringFile(environment)).find("k1").status());
        assertFalse(Files.readString(backEnd.ringFile(environment)).contains(SECRET));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(backEnd.ringFile(environment))));
    }

    @Test
    void aBackEnd_hasLoadedItsRings_onceItReportsTheVersionOfEachFile() throws Exception {
        BackEnd backEnd = new BackEnd("Micronaut", directory.resolve("rings"));
        backEnd.install(environment, new IssuedKey("k1", Secret.of(SECRET)).asFirstRing());
        backEnd.listensAt(url);

        answers.put("/health", "{\"status\":\"UP\",\"environments\":{}}");
        assertFalse(backEnd.hasLoadedItsRings());
        answers.put("/health", "{\"status\":\"UP\",\"environments\":{\"hmac-hex\":{\"ringVersion\":1}}}");
        assertTrue(backEnd.hasLoadedItsRings());
    }

    @Test
    void keysInUse_areSharesSinceTheLastLook() throws Exception {
        environment.add(new IssuedKey("a", Secret.of(SECRET)));
        environment.add(new IssuedKey("b", Secret.of(SECRET)));
        KeysInUse keysInUse = new KeysInUse(collector, List.of(environment));

        answerKeys(100, 0);
        assertEquals("K1 100%", keysInUse.sinceLastCall());
        answerKeys(125, 75);
        assertEquals("K1 25% K2 75%", keysInUse.sinceLastCall());
        assertEquals("", keysInUse.sinceLastCall());
    }

    @Test
    void refusals_areSummedOverEnvironments() throws Exception {
        answers.put(
                "/admin/stats",
                "{\"environments\":{\"env_1\":{\"rejected\":{\"EXPIRED\":2}},"
                        + "\"env_2\":{\"rejected\":{\"EXPIRED\":1,\"MISSING\":5}}}}");
        assertEquals(Map.of("EXPIRED", 3L, "MISSING", 5L), collector.refusals());
    }

    @Test
    void anErrorOfTheCollector_isNamed() {
        status = 409;
        answers.put(
                "/admin/environments/env_1/keys/k1/revoke",
                "{\"success\":false,\"error\":{\"code\":\"PRIMARY_KEY\",\"message\":\"k1 is the primary\"}}");
        IOException failure = assertThrows(
                IOException.class, () -> collector.revoke(environment, new IssuedKey("k1", Secret.of(SECRET))));
        assertEquals(
                "collector: /admin/environments/env_1/keys/k1/revoke answered 409"
                        + " {code=PRIMARY_KEY, message=k1 is the primary}",
                failure.getMessage());
    }

    private void answerKeys(int first, int second) {
        answers.put(
                "/admin/environments/env_1/keys",
                "{\"keys\":[{\"id\":\"a\",\"status\":\"RETIRING\",\"accepted\":" + first
                        + "},{\"id\":\"b\",\"status\":\"PRIMARY\",\"accepted\":" + second + "}]}");
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body =
                answers.getOrDefault(exchange.getRequestURI().getPath(), "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
