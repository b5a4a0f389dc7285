package dev.countersign.samples.recipes.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.recipes.Programs;
import dev.countersign.samples.recipes.backend.ServerRenderedPage.User;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page that brings the proof along, also for a user whose name is an attack. */
@Tag("R81")
class ServerRenderedPageTest {
    private static final String ATTACK =
            "Sam </script><script>document.title='owned'</script><!--<script> & \" \u2028 é";

    private final AtomicReference<User> session = new AtomicReference<>();
    private ServerRenderedPage page;

    @BeforeEach
    void start() throws IOException {
        page = new ServerRenderedPage(SignatureRecipesTest.keys("sk_test_secret"), exchange -> session.get());
    }

    @AfterEach
    void end() {
        page.close();
    }

    @Test
    void aUsersPage_holdsTheProofAndIsNotKept() throws Exception {
        session.set(new User("u_123", "Sam"));
        HttpResponse<String> answer = get();
        assertEquals(200, answer.statusCode());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals(
                "nosniff", answer.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertTrue(answer.headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .contains("script-src 'self'"));
        // printf %s u_123 | openssl dgst -sha256 -hmac sk_test_secret
        assertTrue(answer.body()
                .contains("\"signature\":\"9fd3222846754d9f0b3c2c18af1e8c3ebae1c4da178c5398ee613fc137dda19a\""));
    }

    @Test
    void nobodysPage_holdsNoProof() throws Exception {
        HttpResponse<String> answer = get();
        assertEquals(401, answer.statusCode());
        assertFalse(answer.body().contains("signature"));
    }

    @Test
    void aNameThatIsAnAttack_staysInItsBlock() throws Exception {
        session.set(new User("u_123", ATTACK));
        String block = get().body()
                .lines()
                .filter(line -> line.contains("id=\"identity\""))
                .findFirst()
                .orElseThrow();
        String json = block.replaceFirst("^<script [^>]*>", "").replaceFirst("</script>$", "");
        assertFalse(json.matches(".*[<>&].*"), json);
    }

    @Test
    @Timeout(120)
    void inABrowser_theNameIsTextAndNothingOfItRuns(@TempDir Path profile) throws Exception {
        Programs.require("chromium");
        session.set(new User("u_123", ATTACK));
        String dom = Programs.run(
                profile,
                "",
                "sh",
                "-c",
                "chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
                        + " --disable-background-networking --disable-component-update --disable-sync"
                        + " --user-data-dir=profile --dump-dom " + page.url() + " 2>/dev/null");
        assertTrue(dom.contains("<title>Invoices</title>"), dom);
        String shown = ATTACK.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        assertTrue(dom.contains("<b id=\"who\">" + shown + "</b>"), dom);
    }

    private HttpResponse<String> get() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page.url()).build(), BodyHandlers.ofString());
    }
}
