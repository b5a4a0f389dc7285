package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.web.router.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets a collector in a process of its own see secrets and proofs in every form and in every place where a client may
 * put them, and then searches all that it said and kept: logs, answers, columns, files.
 */
@Timeout(120)
class SecrecyTest extends CollectorTest {
    @TempDir
    Path work;

    /** What must be found nowhere, and a name for it that may be printed. */
    private final Map<String, String> hidden = new LinkedHashMap<>();

    private final List<String> answers = new ArrayList<>();

    @Test
    @Tag("R43")
    @Tag("R67")
    @Tag("R31")
    void secretsAndProofs_areInNoLog_noAnswer_noColumn_andNoFile() throws Exception {
        Path database = work.resolve("c.sqlite");
        Path log = work.resolve("log.txt");
        hide("the admin token", TestClient.ADMIN_TOKEN);
        try (CollectorProcess process = CollectorProcess.start(database, 0, TestClient.ADMIN_TOKEN, log)) {
            TestClient there = new TestClient(process.awaitUrl());
            List<TestEnvironment> environments = new ArrayList<>();
            for (String form : List.of("hmac-hex", "hmac-base64", "hmac-v1", "jwt")) {
                environments.add(sendEverything(there, form));
            }
            String cookie = readEverything(there, environments);
            hide("a session", cookie.replaceFirst(".*=", ""));
            assertTrue(process.terminate());
        }
        hide("the master key", Files.readString(work.resolve("c.sqlite.master")).strip());

        assertTrue(answers.size() > 200, "answers " + answers.size());
        answers.forEach(answer -> assertHoldsNone("an answer", answer));
        assertHoldsNone("the log", Files.readString(log));
        assertTrue(searchColumns(database) > 100);
        try (Stream<Path> files = Files.list(work)) {
            for (Path file :
                    files.filter(file -> !file.toString().endsWith(".master")).toList()) {
                assertHoldsNone(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    @Test
    void theTokenOfTheFirstStart_isPrintedOnce_andNowhereElse() throws Exception {
        Path log = work.resolve("log.txt");
        try (CollectorProcess process = CollectorProcess.start(work.resolve("c.sqlite"), 0, "", log)) {
            TestClient there = new TestClient(process.awaitUrl());
            String token = Files.readAllLines(log).get(0).replaceFirst(".*: ", "");
            assertTrue(token.startsWith("sat_"));
            hide("the generated token", token);
            remember(there.admin("GET", "/admin/credentials", "", "Bearer " + token));
            remember(there.admin("GET", "/admin/audit", "", "Bearer " + token));
            assertTrue(process.terminate());
        }
        answers.forEach(answer -> assertHoldsNone("an answer", answer));
        searchColumns(work.resolve("c.sqlite"));
        assertEquals(
                1,
                Files.readAllLines(log).stream()
                        .filter(line -> line.contains("sat_"))
                        .count());
    }

    private void hide(String name, String text) {
        hidden.put(text, name);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hidden.put(Base64.getEncoder().withoutPadding().encodeToString(bytes), name + " in Base64");
        hidden.put(HexFormat.of().formatHex(bytes), name + " in hex");
    }

    private Answer remember(Answer answer) {
        answers.add(answer.text() + "\n" + answer.response().headers().map());
        return answer;
    }

    /** An environment that has seen good and bad proofs at good and bad places, and a key of each status. */
    private TestEnvironment sendEverything(TestClient there, String form) {
        TestEnvironment environment = there.environment(form, "OBSERVE", "REJECT");
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TestEnvironment.Key key = environment.createKey(); // The one answer that may show the secret.
            secrets.add(key.secret());
            hide("a secret of " + form, key.secret());
            if (i == 1) {
                remember(environment.revoke(key));
            }
        }
        for (String secret : secrets) {
            for (String proof : List.of(
                    Proofs.hex(secret, "u_1"),
                    Proofs.base64(secret, "u_1"),
                    Proofs.v1(secret, "u_1"),
                    Proofs.jwt(secret, EnforcementTest.claims(environment, EnforcementTest.id("u_1"), "{}")))) {
                hide("a proof of " + form, proof);
                send(environment, proof);
            }
        }
        return environment;
    }

    private void send(TestEnvironment environment, String proof) {
        TestClient there = environment.client();
        String event = Events.track(Events.id(), Events.user("u_1", proof), Events.group("acme", proof));
        remember(there.event(environment, event));
        remember(there.event(environment, event.replace("Paid", "Lost"))); // A conflict.
        remember(there.batch(environment, event, "{\"identityToken\":\"" + proof + "\"}", "7"));
        remember(there.ingest(environment.apiKey(), "", event + proof));
        remember(there.ingest(environment.apiKey(), "", "{\"identityToken\":" + proof + "}"));
        remember(there.ingest("pk_unknown", "?identityToken=" + proof.replace('+', '-'), event));
        for (String name : List.of("signature", "userIdHash", "hashedUserId", "jwt", "groupSignature")) {
            remember(there.event(environment, Events.track(Events.id(), Events.user("u_1"), Events.text(name, proof))));
        }
        String basic = environment.apiKey() + ":u_1:" + proof;
        String header = "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
        remember(there.admin("POST", "/" + environment.apiKey() + "/users/u_1/", "{}", header));
        remember(there.admin("POST", "/" + environment.apiKey() + "/users/u_2/", "{", header));
        remember(there.post(environment.path("/diagnosis"), "{\"id\":\"u_1\",\"proof\":\"" + proof + "\"}"));
        remember(there.post(environment.path("/diagnosis"), "{\"id\":\"u_2\",\"proof\":\"" + proof + "\"}"));
        remember(there.admin("GET", "/admin/stats", "", "Bearer " + proof));
    }

    /** Every route that can be read, as the router lists them, with and without a credential. */
    private String readEverything(TestClient there, List<TestEnvironment> environments) {
        String cookie = there.logIn(TestClient.ADMIN_TOKEN);
        List<String> paths = collector
                .bean(Router.class)
                .uriRoutes()
                .filter(route -> route.getHttpMethod().name().equals("GET"))
                .map(route -> route.getUriMatchTemplate().toPathString())
                .filter(path -> !path.endsWith("/live")) // Has no end; its rows are the page's.
                .distinct()
                .toList();
        assertTrue(paths.size() >= 20, paths.toString());
        for (TestEnvironment environment : environments) {
            List<Map<String, Object>> keys =
                    there.get(environment.path("/keys")).at("keys");
            for (String path : paths) {
                for (Map<String, Object> key : keys) {
                    String filled = path.replaceAll("\\{ring[^}]*}", "keys")
                            .replaceAll("\\{(keyId|key)}", String.valueOf(key.get("id")))
                            .replaceAll("\\{[^}]*}", environment.id());
                    remember(there.get(filled));
                    remember(there.form("GET", filled, "", "Cookie", cookie));
                    remember(there.form("GET", filled, "", "Accept", "text/html"));
                }
            }
        }
        return cookie;
    }

    private void assertHoldsNone(String where, String content) {
        hidden.forEach((text, name) -> assertFalse(content.contains(text), where + " holds " + name));
    }

    /** Every column of every row of every table: unlike a file's bytes, no value is torn over pages there. */
    private int searchColumns(Path database) throws SQLException, IOException {
        int cells = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            List<String> tables = new ArrayList<>();
            try (ResultSet found =
                    connection.createStatement().executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            assertTrue(tables.containsAll(List.of("event", "signing_key", "credential")), tables.toString());
            for (String table : tables) {
                try (ResultSet row = connection.createStatement().executeQuery("SELECT * FROM \"" + table + "\"")) {
                    while (row.next()) {
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            byte[] value = row.getBytes(i);
                            String text = value == null ? "" : new String(value, StandardCharsets.ISO_8859_1);
                            assertHoldsNone(table + "." + row.getMetaData().getColumnName(i), text);
                            cells++;
                        }
                    }
                }
            }
        }
        return cells;
    }
}
