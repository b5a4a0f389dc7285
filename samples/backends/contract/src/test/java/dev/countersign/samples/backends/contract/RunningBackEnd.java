package dev.countersign.samples.backends.contract;

import static dev.countersign.samples.backends.contract.Installation.passwordOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One running back end with users, an environment for each form and secret, and some to play with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunningBackEnd {
    static final String OLD_SECRET = "sis_the-first-secret-of-the-contract-test";
    static final String NEW_SECRET = "sis_the-second-secret-of-the-contract-test";
    static final String JWT_SECRET = "sis_the-jwt-secret-of-the-contract-test-..";

    private final BackEndUnderTest backEnd;
    final List<Answer> transcript = Collections.synchronizedList(new ArrayList<>());
    final Set<String> secrets = new HashSet<>(Set.of(OLD_SECRET, NEW_SECRET, JWT_SECRET));

    Vectors vectors;
    Installation installation;
    BackEndProcess process;
    private Browser visitor;

    RunningBackEnd(BackEndUnderTest backEnd) {
        this.backEnd = backEnd;
    }

    public BackEndUnderTest backEnd() {
        return backEnd;
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        Installed.orSkip(backEnd);
        vectors = Vectors.read();
        secrets.addAll(vectors.secrets());
        installation = new Installation(backEnd, directory);
        installation.user(
                "ada", "u_123", "acme", Map.of("email", "ada@example.com", "role", "admin", "planLevel", "pro"));
        installation.user("grace", "u_456", null);
        List<String> ids = vectors.ids();
        for (int i = 0; i < ids.size(); i++) {
            installation.user("vector" + i, ids.get(i), ids.get((i + 1) % ids.size()));
        }
        for (int i = 0; i < vectors.secrets().size(); i++) {
            installation.environment("hex" + i, "hmac-hex", vectors.secrets().get(i));
            installation.environment(
                    "base" + i, "hmac-base64", vectors.secrets().get(i));
            installation.environment("v" + i, "hmac-v1", vectors.secrets().get(i));
        }
        installation.environment("jwt", "jwt", JWT_SECRET);
        installation.set("jwt", "AUDIENCE", "env_production");
        installation.set("jwt", "PROOF_LIFETIME", "5m");
        installation.environment("rotated", "hmac-hex", OLD_SECRET);
        installation.environment("broken", "hmac-hex", OLD_SECRET);
        process = installation.launch();
        visitor = browser();
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (process != null) {
            process.close();
        }
    }

    Browser browser() throws InterruptedException {
        return new Browser(process.address(), transcript);
    }

    Browser loggedIn(String username) throws InterruptedException {
        Browser browser = browser();
        assertEquals(200, browser.login(username, passwordOf(username)).status(), username);
        return browser;
    }

    Answer identityWithCookie(String cookie) throws InterruptedException {
        Browser browser = browser();
        return browser.send(browser.request("/identity?environment=hex0").header("Cookie", cookie));
    }

    Map<?, ?> health(String environment) {
        Map<?, ?> environments = (Map<?, ?>) visitor.get("/health").json().get("environments");
        return (Map<?, ?>) environments.get(environment);
    }

    static Map<String, Object> decoded(String part) {
        return Json.object(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    static String hex(String secret, String id) {
        return HexFormat.of().formatHex(Ring.hmacSha256(secret, id));
    }

    /** Looks until it is so, for 30 seconds at most: a ring file is looked at every second. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not so within 30 seconds");
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
