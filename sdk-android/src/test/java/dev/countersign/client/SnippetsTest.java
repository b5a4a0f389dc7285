package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.IssuedProof;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documents show is compiled: the compiler is the test, and the comparison keeps the two the same. */
class SnippetsTest {
    private static final Pattern APP = Pattern.compile("```java\n(Countersign .*?)```", Pattern.DOTALL);

    private static final Pattern TESTS = Pattern.compile("```java\n(@Test.*?)```", Pattern.DOTALL);

    interface BackEnd {
        String get(String path) throws Exception;
    }

    interface Login {
        String proof();
    }

    @Test
    void theReadmesApp_isWhatIsCompiledHere() throws Exception {
        Matcher app = APP.matcher(text(Path.of("..", "README.md")));
        assertTrue(app.find(), "the README shows an app");
        String compiled = text(Path.of("src/test/java/dev/countersign/client/SnippetsTest.java"));
        assertTrue(squeezed(compiled).contains(squeezed(app.group(1))), app.group(1));
    }

    @Test
    void theGuideToTesting_showsTestsThatRun() throws Exception {
        Matcher shown = TESTS.matcher(text(Path.of("..", "docs", "testing.md")));
        assertTrue(shown.find(), "the guide shows tests");
        String run = text(Path.of("../samples/tested-app/src/test/java/dev/countersign/samples/shop/ShopTest.java"));
        assertTrue(squeezed(run).contains(squeezed(shown.group(1))), shown.group(1));
    }

    @SuppressWarnings("unused") // compiled, never run: its collector is not on loopback
    private static Countersign app(BackEnd backEnd, Login login) {
        Countersign countersign = Countersign.builder("pk_live_…")
                .endpoint("https://collect.example.com")
                .proofProvider(request -> IssuedProof.fromJson(backEnd.get("/identity")))
                .directory(new File("countersign"))
                .build();
        countersign.identify("u_123", Attributes.of("plan", "pro"), IdentityProof.token(login.proof()));
        countersign.track("Invoice Paid", Attributes.of("amount", 42.5));
        return countersign;
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
