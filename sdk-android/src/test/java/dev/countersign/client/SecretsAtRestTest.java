package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.delivery.CollectionMode;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.SignedMetadata;
import dev.countersign.client.testkit.Answers;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a queue on files: no proof of any form lies on the disk, and none, nor anything of a user, is in any log. */
@Timeout(60)
@Tag("R67")
@Tag("T34")
class SecretsAtRestTest {
    private static final String HEX = "4c1f".repeat(16);
    private static final String BASE64 = "TF8vQ2FuIHlvdSBrZWVwIGEgc2VjcmV0PyBZZXMsIEk=";
    private static final String TOKEN = "hmac_v1:" + "9d3e".repeat(16);
    private static final String GROUP_TOKEN = "hmac_v1:" + "77ab".repeat(16);
    private static final String JWT = jwt("u_jwt_secret", "g_secret");
    private static final String METADATA = jwt("u_meta_secret", "g_secret");
    private static final String PROVIDED = "hmac_v1:" + "5b21".repeat(16);

    private static final List<String> PROOFS = List.of(
            HEX,
            BASE64,
            TOKEN,
            "9d3e9d3e9d3e",
            GROUP_TOKEN,
            "77ab77ab77ab",
            JWT,
            JWT.substring(0, JWT.indexOf('.')),
            JWT.substring(JWT.lastIndexOf('.') + 1),
            METADATA,
            METADATA.substring(METADATA.indexOf('.') + 1, METADATA.lastIndexOf('.')),
            PROVIDED,
            "5b215b215b21",
            "key_of_the_proof");
    private static final List<String> PERSONAL = List.of("u_", "g_secret", "a@b.c", "Ada", "pk_test", "secretName");

    @TempDir
    Path root;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Logger> loggers = new ArrayList<>();
    private final Handler capture = new Handler() {
        @Override
        public void publish(LogRecord record) {
            Throwable thrown = record.getThrown();
            lines.add(record.getMessage() + " " + thrown + " " + (thrown == null ? "" : thrown.getCause()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        // Not the root: the test's own server logs there what it is sent.
        for (String name : List.of(
                "dev.countersign",
                "okhttp3.OkHttpClient",
                "okhttp3.internal.concurrent.TaskRunner",
                "okhttp3.internal.http2.Http2")) {
            Logger logger = Logger.getLogger(name);
            logger.setLevel(Level.ALL);
            logger.setUseParentHandlers(false);
            logger.addHandler(capture);
            loggers.add(logger); // or it may be collected, and its level with it
        }
    }

    @AfterEach
    void stopListening() {
        for (Logger logger : loggers) {
            logger.removeHandler(capture);
            logger.setUseParentHandlers(true);
            logger.setLevel(null);
        }
    }

    @Test
    void everyFormOfProof_onEveryPath_leavesNoTraceOnTheDiskNorInALog() throws IOException {
        try (TestClient rig = rig(root)) {
            live(rig);
            assertEquals("", found(PROOFS), "while it runs");
            assertFalse(rig.client.diagnostics().toString().contains("secret"));
        }
        try (TestClient rig = rig(root)) { // a restart
            live(rig);
            rig.client.clearSession(ClearPolicy.HOLD);
            rig.client.setCollection(CollectionMode.PAUSED);
        }
        assertEquals("", found(PROOFS), "after it ended");
        assertTrue(found(List.of("a@b.c", "u_hex_secret")).length() > 0, "the files are where events are");
        assertLogIsClean();
    }

    @Test
    void troubleWithTheDirectory_saysNothingOfUsers() throws IOException {
        try (TestClient rig = rig(root)) {
            live(rig);
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int i = 0; i < bytes.length; i += 50) {
                    bytes[i] ^= 1;
                }
                Files.write(file, bytes);
            }
        }
        try (TestClient rig = rig(root)) {
            live(rig);
        }
        try (TestClient rig = rig(Files.writeString(root.resolve("in-the-way"), ""))) {
            live(rig);
        }
        assertTrue(lines.stream().anyMatch(line -> line.contains("damaged")), lines.toString());
        assertLogIsClean();
    }

    @Test
    void refusedArguments_areNotRepeatedWhenTheyAreProofs() {
        List<Throwable> thrown = new ArrayList<>();
        thrown.add(assertThrows(IllegalArgumentException.class, () -> IdentityProof.signature(JWT)));
        thrown.add(assertThrows(IllegalArgumentException.class, () -> IdentityProof.signature(TOKEN)));
        thrown.add(assertThrows(IllegalArgumentException.class, () -> IdentityProof.token(HEX)));
        thrown.add(assertThrows(IllegalArgumentException.class, () -> IdentityProof.token(TOKEN + " ")));
        thrown.add(assertThrows(IllegalArgumentException.class, () -> IdentityProof.jwt(TOKEN, "k")));
        thrown.add(assertThrows(IllegalArgumentException.class, () -> IdentityProof.jwt(JWT + ".x", "k")));
        thrown.add(assertThrows(IllegalArgumentException.class, () -> IdentityProof.jwt(JWT, TOKEN + "\n")));
        thrown.add(assertThrows(IllegalArgumentException.class, () -> new SignedMetadata(HEX, "k")));
        thrown.add(assertThrows(IllegalArgumentException.class, () -> IssuedProof.fromJson("{\"x\":" + TOKEN)));
        thrown.add(assertThrows(IllegalArgumentException.class, () -> Countersign.builder(TOKEN + "\n")));
        try (TestClient rig = TestClient.overHttp()) {
            IdentityProof other = IdentityProof.jwt(JWT, "k");
            thrown.add(assertThrows(IllegalArgumentException.class, () -> rig.client.identify("u_1", other)));
        }
        for (Throwable each : thrown) {
            String text = each + " " + each.getCause();
            PROOFS.forEach(proof -> assertFalse(text.contains(proof), text));
        }
    }

    private TestClient rig(Path directory) {
        return TestClient.overHttp(
                directory.toFile(),
                builder -> builder.directory(directory.toFile())
                        .logger(new JavaLogger())
                        .proofProvider(request -> {
                            if (request.getUserId().equals("u_bad_secret")) {
                                throw new IllegalStateException(PROVIDED + " was no good", new IOException(PROVIDED));
                            }
                            return IssuedProof.of(
                                            request.getUserId(),
                                            IdentityProof.token(PROVIDED).withKeyName("key_of_the_proof"))
                                    .withGroup("g_secret", IdentityProof.token(GROUP_TOKEN));
                        }));
    }

    /** Every form of proof, and every answer that a collector or a network may give. */
    private static void live(TestClient rig) {
        Attributes personal = Attributes.of("email", "a@b.c", "name", "Ada");
        List<MockResponse> answers = List.of(
                new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST),
                new MockResponse().setResponseCode(500).setBody(TOKEN),
                Answers.unverified("SIGNATURE_MISMATCH"),
                Answers.unverified("EXPIRED"),
                Answers.json(200, "{\"success\":true,\"rejected\":\"" + TOKEN + "\"}"),
                new MockResponse().setResponseCode(302).setHeader("Location", "http://127.0.0.1/" + TOKEN),
                Answers.error(400, TOKEN));
        rig.client.identify("u_hex_secret", personal, IdentityProof.signature(HEX));
        rig.client.group("g_secret", IdentityProof.token(GROUP_TOKEN).withKeyName("key_of_the_proof"));
        rig.client.track("secretName", personal);
        use(rig, answers);
        rig.client.identify("u_base64_secret", personal, IdentityProof.signature(BASE64));
        use(rig, answers);
        rig.client.identify("u_token_secret", personal, IdentityProof.token(TOKEN));
        rig.client.updateProof("u_token_secret", IdentityProof.token(TOKEN).withKeyName("key_of_the_proof"));
        use(rig, answers);
        rig.client.identify("u_jwt_secret", personal, IdentityProof.jwt(JWT, "key_of_the_proof"));
        use(rig, answers);
        rig.client.updateOptions(new SignedMetadata(METADATA, "key_of_the_proof"));
        use(rig, answers);
        rig.client.identify("u_provided_secret", personal);
        use(rig, answers);
        rig.client.identify("u_bad_secret", personal);
        rig.client.track("secretName", personal, outcome -> {
            throw new IllegalArgumentException("the app's own fault");
        });
        use(rig, answers);
    }

    private static void use(TestClient rig, List<MockResponse> answers) {
        for (MockResponse answer : answers) {
            rig.client.track("secretName", Attributes.of("email", "a@b.c"));
            rig.collector.next(answer.clone());
            rig.flush();
            rig.pass(2, TimeUnit.MINUTES);
        }
    }

    private void assertLogIsClean() {
        assertTrue(lines.size() > 20, "there is a log: " + lines.size());
        for (String line : lines) {
            PROOFS.forEach(proof -> assertFalse(line.contains(proof), line));
            PERSONAL.forEach(personal -> assertFalse(line.contains(personal), line));
        }
    }

    /** What of this stands in any file below the directory, in UTF-8 or UTF-16. */
    private String found(List<String> texts) throws IOException {
        List<String> hits = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                for (String text : texts) {
                    String wide = new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1);
                    if (content.contains(text) || content.contains(wide)) {
                        hits.add(text + " in " + file.getFileName());
                    }
                }
            }
        }
        return String.join("\n", hits);
    }

    private static String jwt(String user, String group) {
        return TestProofs.jwt("{\"visitor\":{\"id\":\"" + user + "\"},\"account\":{\"id\":\"" + group + "\"}}");
    }
}
