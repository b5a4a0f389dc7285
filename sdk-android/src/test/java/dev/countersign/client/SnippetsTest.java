package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.IssuedProof;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's app, compiled: the compiler is the test, and the comparison keeps the two the same. */
class SnippetsTest {
    private static final Pattern APP = Pattern.compile("```java\n(Countersign .*?)```", Pattern.DOTALL);

    interface BackEnd {
        String get(String path) throws Exception;
    }

    interface Login {
        String proof();
    }

    @Test
    void theReadmesApp_isWhatIsCompiledHere() throws Exception {
        Matcher app = APP.matcher(new String(Files.readAllBytes(Path.of("..", "README.md")), "UTF-8"));
        assertTrue(app.find(), "the README shows an app");
        String compiled = new String(
                Files.readAllBytes(Path.of("src/test/java/dev/countersign/client/SnippetsTest.java")), "UTF-8");
        assertTrue(squeezed(compiled).contains(squeezed(app.group(1))), app.group(1));
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

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
