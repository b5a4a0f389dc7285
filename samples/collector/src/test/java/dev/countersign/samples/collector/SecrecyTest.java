package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.web.router.Router;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        Path log = work.resolve("log.txt");
        hide("the admin token", TestClient.ADMIN_TOKEN);
        try (TestStorage own = TestStorage.open(Files.createDirectory(work.resolve("storage")))) {
            try (CollectorProcess process = own.startProcess(log)) {
                TestClient there = new TestClient(process.awaitUrl());
                List<TestEnvironment> environments = new ArrayList<>();
                List<String> forms = List.of("jwt", "hmac-v1", "hmac-hex", "hmac-base64");
                // What another storage keeps does not hang on the form.
                for (String form : forms.subList(0, own.answersRepeats() ? forms.size() : 1)) {
                    environments.add(sendEverything(there, form));
                }
                String cookie = readEverything(there, environments);
                hide("a session", cookie.replaceFirst(".*=", ""));
                assertTrue(process.terminate());
            }
            own.settle();
            hide("the master key", own.masterKey());
            List<TestStorage.Kept> kept = own.kept();
            kept.forEach(one -> assertHoldsNone(one.where(), one.content()));
            assertTrue(kept.size() > 100, "values kept " + kept.size());
            for (String column : List.of("event.body", "signing_key.secret", "credential.hash")) {
                assertTrue(kept.stream().anyMatch(one -> one.where().equals(column)), column);
            }
        }
        assertTrue(answers.size() > 200, "answers " + answers.size());
        answers.forEach(answer -> assertHoldsNone("an answer", answer));
        assertHoldsNone("the log", Files.readString(log));
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
        Set<String> all = new LinkedHashSet<>();
        for (TestEnvironment environment : environments) {
            List<Map<String, Object>> keys =
                    there.get(environment.path("/keys")).at("keys");
            for (String path : paths) {
                for (Map<String, Object> key : keys) {
                    all.add(path.replaceAll("\\{ring[^}]*}", "keys")
                            .replaceAll("\\{(keyId|key)}", String.valueOf(key.get("id")))
                            .replaceAll("\\{[^}]*}", environment.id()));
                }
            }
        }
        for (String path : all) {
            remember(there.get(path));
            remember(there.form("GET", path, "", "Cookie", cookie));
            remember(there.form("GET", path, "", "Accept", "text/html"));
        }
        return cookie;
    }

    private void assertHoldsNone(String where, String content) {
        hidden.forEach((text, name) -> assertFalse(content.contains(text), where + " holds " + name));
    }
}
