package dev.countersign.samples.rotation.forger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.samples.rotation.wire.Json;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForgeryTest {

    private static final KeySource KEYS = KeySource.of(
            KeyRing.of(1, List.of(SigningKey.of("k1", Secret.of(Secret.generateText()), KeyStatus.PRIMARY))));

    private final ForgersTools tools = new ForgersTools(new Random(1));

    @ParameterizedTest
    @ValueSource(strings = {"hmac-hex", "hmac-base64", "hmac-v1", "jwt"})
    @Tag("R56")
    void everyKind_isRefusedByARealVerifier(String form) {
        ForgeryTarget target = target(form);
        for (Forgery kind : Forgery.values()) {
            Map<String, Object> event = kind.event(target, "ada", tools);
            if (event.get("userId") != null) {
                assertThrows(VerificationException.class, () -> verify(form, event), kind + " in " + form);
            }
        }
    }

    @Test
    void kinds_makeDifferentEvents() {
        // A constant stream of bytes: what differs between two kinds is then the kind, not the dice.
        Set<String> shapes = new HashSet<>();
        for (Forgery kind : Forgery.values()) {
            Map<String, Object> event = kind.event(target("jwt"), "ada", new ForgersTools(() -> 0L));
            event.keySet().removeAll(Set.of("id", "timestamp", "properties"));
            shapes.add(Json.text(event).replaceAll("ey[\\w.-]+", kind.name()));
        }
        assertEquals(Forgery.values().length, shapes.size());
    }

    @Test
    void everyEvent_saysWhichForgeryItIs_andHasAUuidOfVersion7() {
        Arrays.stream(Forgery.values()).forEach(kind -> {
            Map<String, Object> event = kind.event(target("hmac-hex"), "ada", tools);
            assertEquals(Map.of("forgery", kind.name()), event.get("properties"));
            UUID id = UUID.fromString(String.valueOf(event.get("id")));
            assertEquals(7, id.version());
            assertEquals(2, id.variant());
        });
    }

    private static VerifiedIdentity verify(String form, Map<String, Object> event) throws VerificationException {
        String userId = String.valueOf(event.get("userId"));
        String proof = (String) event.get("identityToken");
        String keyName = (String) event.get("signingKeyName");
        return switch (form) {
            case "hmac-hex" -> HmacVerifier.create(HmacFormat.HEX, KEYS).verifyUser(userId, proof, keyName);
            case "hmac-base64" -> HmacVerifier.create(HmacFormat.BASE64, KEYS).verifyUser(userId, proof, keyName);
            case "hmac-v1" -> HmacVerifier.create(HmacFormat.HMAC_V1, KEYS).verifyUser(userId, proof, keyName);
            default -> JwtVerifier.create("env_1", KEYS).verifyUser(userId, proof, keyName);
        };
    }

    private static ForgeryTarget target(String form) {
        return new ForgeryTarget(form, "env_1", "pk_test_1", List.of("ada"), "k1");
    }
}
