package dev.countersign.samples.recipes.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.identity.IssuedProof;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRingFile;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java of docs/quickstart-backend.md, docs/quickstart-jvm.md, docs/schemes.md and docs/enforcement.md: compiled as it
 * stands, and the plain back end is run. Spring's and Android's are compiled where these are on the path.
 */
class GuidePagesTest {
    private static final Pattern CLASS_NAME = Pattern.compile("^public class (\\w+)", Pattern.MULTILINE);

    private static final String STATEMENTS = """
            import dev.countersign.server.enforcement.*;
            import dev.countersign.server.hmac.*;
            import dev.countersign.server.identity.*;
            import dev.countersign.server.jwt.*;
            import dev.countersign.server.key.*;

            public class Page {
                record User(String id) {}
                record Company(String id) {}

                void run(KeySource keys, User user, Company company, String userId, String proof, String signingKeyName) {
            %s
                }
            }
            """;

    @TempDir
    Path classes;

    @Test
    void theStatementsOfThePages_compile() throws IOException {
        for (String page : List.of("docs/schemes.md", "docs/enforcement.md")) {
            for (Block block : java(page)) {
                compile(STATEMENTS.formatted(block.text()), "17");
            }
        }
    }

    @Test
    void theAppOfTheJvmQuickstart_compilesForJava8() throws IOException {
        List<Block> blocks = java("docs/quickstart-jvm.md");
        assertEquals(1, blocks.size());
        compile(blocks.get(0).text(), "8");
    }

    @Test
    void theBackEndOfTheQuickstart_provesWhoIsLoggedInAndNobodyElse() throws Exception {
        Secret secret = Secret.of(Secret.generateText());
        KeyRing ring = KeyRing.of(1, List.of(SigningKey.of("key_1", secret, KeyStatus.PRIMARY)));
        Path file = classes.resolve("ring.json");
        KeyRingFile.write(file, ring);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String server = java("docs/quickstart-backend.md").stream()
                .map(Block::text)
                .filter(text -> text.contains("class IdentityServer"))
                .findFirst()
                .orElseThrow();
        assertTrue(server.contains("8081"), "the page's port");
        compile(server.replace("8081", Integer.toString(port)), "17");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass("IdentityServer").getMethod("main", String[].class).invoke(null, (Object)
                    new String[] {file.toString()});
            URI identity = URI.create("http://127.0.0.1:" + port + "/identity?userId=u_456");
            HttpRequest stranger = HttpRequest.newBuilder(identity).build();
            HttpRequest user = HttpRequest.newBuilder(identity)
                    .header("Cookie", "session=demo")
                    .build();
            HttpClient http = HttpClient.newHttpClient();
            assertEquals(
                    401,
                    http.send(stranger, HttpResponse.BodyHandlers.ofString()).statusCode());
            HttpResponse<String> answer = http.send(user, HttpResponse.BodyHandlers.ofString());
            assertEquals(
                    "no-store", answer.headers().firstValue("Cache-Control").orElse(""));
            IssuedProof issued = IssuedProof.fromJson(answer.body());
            assertEquals("u_123", issued.getUserId());
            assertTrue(issued.getExpiresAt() > 0, "it expires");
            HmacVerifier.create(HmacFormat.HMAC_V1, KeySource.of(ring))
                    .verifyUser(
                            "u_123",
                            issued.getProof().value(),
                            issued.getProof().signingKeyName());
        }
    }

    private static List<Block> java(String page) throws IOException {
        List<Block> blocks = Block.of(page).stream()
                .filter(block -> block.language().equals("java"))
                .toList();
        assertTrue(!blocks.isEmpty(), page + " shows Java");
        return blocks;
    }

    private void compile(String source, String release) throws IOException {
        String name = CLASS_NAME
                .matcher(source)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        Path file = Files.writeString(classes.resolve(name + ".java"), source);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int end = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "-proc:none",
                        "--release",
                        release,
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        file.toString());
        assertEquals(0, end, () -> said.toString(UTF_8) + "\n" + source);
    }
}
