package dev.countersign.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.squareup.moshi.Moshi;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.jwt.IdentityClaims;
import dev.countersign.server.jwt.JwtSigner;
import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeyLoader;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRingFile;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.RefreshingKeySource;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java of docs/migrating.md and of the README's back end, compiled and run. */
class SnippetsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    record Entry(String secret, String id) {}

    static Stream<Entry> vectors() throws IOException {
        String json = Files.readString(ROOT.resolve("docs/vectors/identity-vectors.json"));
        Map<?, ?> all =
                (Map<?, ?>) new Moshi.Builder().build().adapter(Object.class).fromJson(json);
        return ((List<?>) all.get("hmac"))
                .stream()
                        .map(entry -> (Map<?, ?>) entry)
                        .map(entry -> new Entry((String) entry.get("secret"), (String) entry.get("id")));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theRecipeAndItsReplacement_makeTheSameBytes(Entry entry) throws Exception {
        KeySource keys = TestKeys.source(SigningKey.of("k1", Secret.ofShort(entry.secret), KeyStatus.PRIMARY));
        assertEquals(hexBefore(entry.secret, entry.id), hexAfter(keys, entry.id));
        assertEquals(base64Before(entry.secret, entry.id), base64After(keys, entry.id));
        assertEquals(tokenBefore(entry.secret, entry.id), tokenAfter(keys, entry.id));
    }

    @Test
    @Tag("R1")
    void theMetadataRecipeAndItsReplacement_proveTheSame() throws Exception {
        String secret = "0f8fad5b-d9cd-469f-a165-70867728950e";
        KeySource keys = TestKeys.source(SigningKey.of("k1", Secret.of(secret), KeyStatus.PRIMARY));
        JwtVerifier verifier = JwtVerifier.builder(keys).anyAudience().build();
        for (String jwt : List.of(jwtBefore(secret, "u_1", "0123456789abcdef"), jwtAfter(keys, "u_1"))) {
            assertEquals("u_1", verifier.verify(jwt, "k1").userId());
        }
        String[] before = jwtBefore(secret, "u_1", "N").split("\\.");
        String[] after = jwtAfter(keys, "u_1").split("\\.");
        assertEquals(before[0], after[0]);
        String claims = new String(Base64.getUrlDecoder().decode(after[1]), UTF_8);
        assertEquals(
                new String(Base64.getUrlDecoder().decode(before[1]), UTF_8),
                claims.replaceAll("\"nonce\":\"[^\"]*\"", "\"nonce\":\"N\""));
    }

    @Test
    void theReadmesBackEnd_signs(@TempDir Path directory) throws IOException {
        Path ringFile = directory.resolve("ring.json");
        KeyRing ring = TestKeys.ring(1, TestKeys.primary("2026-11"));
        KeyRingFile.write(ringFile, ring);
        SignedProof proof = readme(ringFile, new User("u_123"));
        assertTrue(proof.value().matches("hmac_v1:[0-9a-f]{64}"));
    }

    @Test
    void everyJavaBlockOfThePages_standsInThisFile() throws IOException {
        String compiled = squeezed(Files.readString(Path.of("src/test/java/dev/countersign/server/SnippetsTest.java")));
        for (String page : List.of("docs/migrating.md", "README.md")) {
            List<String> blocks = JAVA.matcher(Files.readString(ROOT.resolve(page)))
                    .results()
                    .map(match -> match.group(1))
                    .filter(block -> !block.contains("Countersign.builder")) // The app's: sdk-android compiles it.
                    .toList();
            assertTrue(!blocks.isEmpty(), page);
            blocks.forEach(block -> assertTrue(compiled.contains(squeezed(block)), page + ": " + block));
        }
    }

    private static String squeezed(String code) {
        return code.replaceAll("//[^\n]*", "").replaceAll("\\s+", "").replace("return", "");
    }

    private record User(String id) {}

    private static SignedProof readme(Path ringFile, User loggedInUser) throws IOException {
        KeySource keys = RefreshingKeySource.watching(ringFile);
        HmacSigner signer = HmacSigner.create(HmacFormat.HMAC_V1, keys);

        SignedProof proof = signer.signUser(loggedInUser.id());
        return proof;
    }

    static KeySource environment() throws IOException {
        KeySource keys = RefreshingKeySource.builder(KeyLoader.environmentSecret("IDENTITY_SECRET", "2026-11"))
                .build();
        return keys;
    }

    static KeySource file() throws IOException {
        KeySource keys = RefreshingKeySource.watching(Path.of("/run/secrets/identity-ring.json"));
        return keys;
    }

    private static String hexBefore(String secret, String userId) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        String signature = HexFormat.of().formatHex(mac.doFinal(userId.getBytes(UTF_8)));
        return signature;
    }

    private static String hexAfter(KeySource keys, String userId) {
        String signature =
                HmacSigner.create(HmacFormat.HEX, keys).signUser(userId).value();
        return signature;
    }

    private static String base64Before(String secret, String userId) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        String hash = Base64.getEncoder().encodeToString(mac.doFinal(userId.getBytes(UTF_8)));
        return hash;
    }

    private static String base64After(KeySource keys, String userId) {
        String hash =
                HmacSigner.create(HmacFormat.BASE64, keys).signUser(userId).value();
        return hash;
    }

    private static String tokenBefore(String secret, String userId) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        String token = "hmac_v1:" + HexFormat.of().formatHex(mac.doFinal(userId.getBytes(UTF_8)));
        return token;
    }

    private static String tokenAfter(KeySource keys, String userId) {
        String token =
                HmacSigner.create(HmacFormat.HMAC_V1, keys).signUser(userId).value();
        return token;
    }

    private static String jwtBefore(String secret, String userId, String nonce) throws GeneralSecurityException {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String header = base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));
        String claims = "{\"nonce\":\"" + nonce + "\",\"visitor\":{\"id\":\"" + userId + "\"}}";
        String signed = header + "." + base64.encodeToString(claims.getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        String jwt = signed + "." + base64.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        return jwt;
    }

    private static String jwtAfter(KeySource keys, String userId) {
        JwtSigner signer = JwtSigner.builder(keys).metadataOnly().build();
        String jwt = signer.sign(IdentityClaims.user(userId).build()).value();
        return jwt;
    }
}
