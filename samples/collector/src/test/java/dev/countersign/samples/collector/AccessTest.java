package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.web.router.Router;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may do what: every route is asked, as the router lists it. */
class AccessTest extends CollectorTest {
    private TestEnvironment environment;

    @BeforeAll
    void createEnvironment() {
        environment = client.environment("hmac-v1", "STRICT", "REJECT");
        environment.createKey();
    }

    /** Every route with its method, but those that are open to all. */
    private List<String[]> routes(String prefix) {
        return collector
                .bean(Router.class)
                .uriRoutes()
                .map(route -> route.getHttpMethod() + " "
                        + route.getUriMatchTemplate().toPathString())
                .filter(route -> route.split(" ")[1].startsWith(prefix))
                .map(route -> route.replaceAll("\\{ring[^}]*}", "keys").replaceAll("\\{[^}]*}", environment.id()))
                .distinct()
                .map(route -> route.split(" "))
                .toList();
    }

    private static String body(String method) {
        return method.startsWith("P") ? "{}" : "";
    }

    @Test
    void everyRouteThatTheServerHas_isOpenOnPurpose_orTestedHere() {
        List<String> open = collector
                .bean(Router.class)
                .uriRoutes()
                .map(route -> route.getUriMatchTemplate().toPathString())
                .filter(path ->
                        !path.startsWith("/admin") && !path.startsWith("/dashboard") && !path.equals("/metrics"))
                .distinct()
                .sorted()
                .toList();

        assertEquals(
                List.of(
                        "/",
                        "/api/v1/events",
                        "/api/v1/events/batch",
                        "/assets/{name}",
                        "/health",
                        "/login",
                        "/logout",
                        "/{clientId}/users/{+userId}"),
                open);
    }

    @Test
    @Tag("R55")
    @Tag("R39")
    @Tag("T21")
    void everyAdministrativeRoute_wantsACredential() {
        List<String[]> routes = routes("/admin");
        assertTrue(routes.size() >= 30, "routes " + routes.size());
        for (String[] route : routes) {
            for (String wrong : wrongCredentials()) {
                Answer answer = client.admin(route[0], route[1], body(route[0]), wrong);
                assertEquals(401, answer.status(), String.join(" ", route) + " with " + wrong);
                if (!route[0].equals("HEAD")) {
                    assertEquals("INVALID_ADMIN_TOKEN", answer.at("error", "code"));
                }
            }
        }
        assertEquals(401, client.admin("GET", "/metrics", "", "").status());
    }

    private String[] wrongCredentials() {
        return new String[] {
            "",
            "Bearer ",
            "Bearer " + environment.apiKey(),
            "Bearer " + environment.createKey().secret(),
            "Bearer " + TestClient.ADMIN_TOKEN + "x",
            "Basic " + TestClient.ADMIN_TOKEN,
            TestClient.ADMIN_TOKEN,
        };
    }

    @Test
    @Tag("R55")
    void aViewer_looks_andChangesNothing() {
        Answer created = client.post("/admin/credentials", "{\"name\":\"on call\",\"role\":\"VIEWER\"}");
        String viewer = "Bearer " + created.<String>at("token");
        long before = client.get(environment.path("/keys")).number("ringVersion");

        for (String[] route : routes("/admin")) {
            Answer answer = client.admin(route[0], route[1], body(route[0]), viewer);
            if (route[0].equals("GET") || route[0].equals("HEAD")) {
                assertTrue(answer.status() == 200 || answer.status() == 404, String.join(" ", route));
            } else {
                assertEquals(403, answer.status(), String.join(" ", route));
                assertEquals("ROLE_REQUIRED", answer.at("error", "code"));
            }
        }
        assertEquals(200, client.admin("GET", "/metrics", "", viewer).status());
        assertEquals(before, client.get(environment.path("/keys")).number("ringVersion"));

        assertEquals(
                204,
                client.admin("DELETE", "/admin/credentials/" + created.at("id"), "", admin())
                        .status());
        assertEquals(401, client.admin("GET", "/admin/stats", "", viewer).status());
    }

    @Test
    void theFirstCredential_cannotBeRemoved() {
        assertEquals(
                404,
                client.admin("DELETE", "/admin/credentials/admin", "", admin()).status());
        assertEquals(200, client.get("/admin/stats").status());
    }

    @Test
    void everyDashboardPage_wantsASession_andNoTokenOfTheApiOpensIt() {
        List<String[]> routes = routes("/dashboard");
        assertTrue(routes.size() >= 20, "routes " + routes.size());
        for (String[] route : routes) {
            Answer answer = client.form(route[0], route[1], "", "Authorization", admin());
            assertEquals(401, answer.status(), String.join(" ", route));
            Answer page = client.form(route[0], route[1], "", "Accept", "text/html");
            assertTrue(
                    List.of(401, 303, 406, 415).contains(page.status()), String.join(" ", route) + " " + page.status());
        }
    }

    @Test
    void everyForm_wantsTheTokenOfItsSession() {
        String cookie = client.logIn(TestClient.ADMIN_TOKEN);
        String another = client.formToken(client.logIn(TestClient.ADMIN_TOKEN));
        for (String[] route : routes("/dashboard")) {
            if (route[0].equals("POST")) {
                for (String form : List.of("x=1", "formToken=", "formToken=" + another)) {
                    Answer answer = client.form("POST", route[1], form, "Cookie", cookie);
                    assertEquals(403, answer.status(), String.join(" ", route) + " with " + form);
                    assertEquals("FORM_TOKEN_REQUIRED", answer.at("error", "code"));
                }
            }
        }
        assertEquals(200, client.form("GET", "/dashboard", "", "Cookie", cookie).status());
    }

    @Test
    void aViewersSession_sendsNoForms() {
        String token = client.post("/admin/credentials", "{\"name\":\"viewer\",\"role\":\"VIEWER\"}")
                .at("token");
        String cookie = client.logIn(token);
        String formToken = client.formToken(cookie);
        for (String[] route : routes("/dashboard")) {
            if (route[1].endsWith("/live")) {
                continue; // Has no end.
            }
            Answer answer = client.form(route[0], route[1], "formToken=" + formToken, "Cookie", cookie);
            if (route[0].equals("POST")) {
                assertEquals(403, answer.status(), String.join(" ", route));
            } else {
                assertTrue(answer.status() == 200 || answer.status() == 404, String.join(" ", route) + answer.text());
                assertFalse(answer.text().contains("Create key"), String.join(" ", route));
            }
        }
    }

    @Test
    void aLogIn_setsACookieThatNoScriptReads_andEveryPageItsPolicy() {
        Answer answer = client.form("POST", "/login", "token=" + TestClient.ADMIN_TOKEN, "Accept", "text/html");

        String cookie = answer.response().headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.toLowerCase(java.util.Locale.ROOT).contains("httponly"), cookie);
        assertTrue(cookie.contains("SameSite=Strict"), cookie);
        Answer page = client.form("GET", "/login", "", "Accept", "text/html");
        Map<String, List<String>> headers = page.response().headers().map();
        String policy = headers.get("content-security-policy").get(0);
        assertTrue(policy.contains("script-src 'self'") && !policy.contains("unsafe"), policy);
        assertEquals("DENY", headers.get("x-frame-options").get(0));
        assertFalse(page.text().matches("(?s).*(<script>|<style| style=| on[a-z]+=).*"), page.text());
    }

    @Test
    void aLoggedOutSession_isOver() {
        String cookie = client.logIn(TestClient.ADMIN_TOKEN);
        String formToken = client.formToken(cookie);

        client.form("POST", "/logout", "formToken=" + formToken, "Cookie", cookie);

        assertEquals(401, client.form("GET", "/dashboard", "", "Cookie", cookie).status());
    }

    @Test
    void tooManyLogIns_areTurnedAwayForAMinute() {
        try (Collector fresh = another()) {
            TestClient there = new TestClient(fresh.url());
            for (int i = 0; i < 10; i++) {
                assertEquals(
                        401,
                        there.form("POST", "/login", "token=wrong" + i, "Accept", "text/html")
                                .status());
            }
            Answer eleventh = there.form("POST", "/login", "token=" + TestClient.ADMIN_TOKEN, "Accept", "text/html");

            assertEquals(429, eleventh.status());
            assertEquals(
                    "60",
                    eleventh.response().headers().firstValue("Retry-After").orElse(""));
        }
    }

    @Test
    void whatIsDone_isInTheAuditLog_withItsDoerAndNoSecret() {
        TestEnvironment.Key key = environment.createKey();
        environment.revoke(key);

        String log = client.get("/admin/audit").text();

        assertTrue(log.contains("\"action\":\"key.create\",\"subject\":\"" + key.id()), log);
        assertTrue(log.contains("\"who\":\"admin\",\"action\":\"key.revoke\",\"subject\":\"" + key.id()), log);
        assertFalse(log.contains("sis_"), log);
    }

    private static String admin() {
        return "Bearer " + TestClient.ADMIN_TOKEN;
    }
}
