package dev.countersign.samples.recipes.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.squareup.moshi.Moshi;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The signatures of the recipes against the test vectors, which Python computed, and against published ones. */
class SignatureRecipesTest {
    private static final Path VECTORS = Path.of("../../docs/vectors/identity-vectors.json");

    private record Recipe(String name, String form, BiFunction<KeySource, String, String> sign) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Recipe> recipes() {
        return List.of(
                new Recipe("UserflowSignature", "hex", UserflowSignature::ofUser),
                new Recipe("UserflowSignature of a company", "hex", UserflowSignature::ofCompany),
                new Recipe("NotificationApiUserIdHash", "base64", NotificationApiUserIdHash::userIdHash),
                new Recipe("SendoraIdentityToken", "hmac_v1", SendoraIdentityToken::identityToken),
                new Recipe("IntercomUserHash", "hex", IntercomUserHash::userHash),
                new Recipe("ChatwootIdentifierHash", "hex", ChatwootIdentifierHash::identifierHash),
                new Recipe("NovuSubscriberHash", "hex", NovuSubscriberHash::subscriberHash),
                new Recipe("HelpScoutSignature", "hex", HelpScoutSignature::signature),
                new Recipe("FrontUserHash", "hex", FrontUserHash::userHash),
                new Recipe("PlainEmailHash", "hex", PlainEmailHash::emailHash),
                new Recipe("GleapUserHash", "hex", GleapUserHash::userHash));
    }

    static Stream<Arguments> published() throws IOException {
        return entries("published")
                .map(entry -> Arguments.of(
                        entry.get("source").startsWith("Intercom")
                                ? recipes().get(4)
                                : recipes().get(5),
                        entry));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    @Tag("R28")
    @Tag("T15")
    @Tag("T17")
    void everyVector_isSignedAsPythonDoes(Recipe recipe) throws IOException {
        List<Map<String, String>> vectors = entries("hmac").toList();
        assertEquals(true, vectors.size() > 20, "vectors");
        for (Map<String, String> vector : vectors) {
            assertEquals(vector.get(recipe.form()), recipe.sign().apply(keys(vector.get("secret")), vector.get("id")));
        }
    }

    @ParameterizedTest
    @MethodSource("published")
    void aVendorsPublishedPair_isMetByItsRecipe(Recipe recipe, Map<String, String> pair) {
        assertEquals(pair.get("hex"), recipe.sign().apply(keys(pair.get("secret")), pair.get("id")));
    }

    @Test
    void chameleonsHash_coversTheTimeThatItCarries() {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(1_795_239_420), ZoneOffset.UTC);
        // printf %s u_123-1795239420 | openssl dgst -sha256 -hmac sk_test_secret
        assertEquals(
                "b0cf9a6b4ed740deaeb15ab702f6e9bfc114efc235fbdc60a56bb0cd7632c18d-1795239420",
                ChameleonUidHash.uidHash(keys("sk_test_secret"), "u_123", clock));
    }

    @Test
    void driftsPublishedToken_isMetByItsRecipe() {
        assertEquals(
                "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.22H1g2b8yxmkcEY1Fhku4AhNl-M40P5Sl_B2ktSUdv8",
                DriftUserJwt.userJwt(keys("your-256-bit-secret"), "12345"));
    }

    static KeySource keys(String secret) {
        return KeySource.of(KeyRing.of(1, List.of(SigningKey.of("k1", Secret.ofShort(secret), KeyStatus.PRIMARY))));
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, String>> entries(String list) throws IOException {
        Map<String, Object> all = (Map<String, Object>) new Moshi.Builder()
                .build()
                .adapter(Object.class)
                .fromJson(new String(Files.readAllBytes(VECTORS), UTF_8));
        return ((List<Map<String, String>>) all.get(list)).stream();
    }
}
