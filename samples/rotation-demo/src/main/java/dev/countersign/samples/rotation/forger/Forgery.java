package dev.countersign.samples.rotation.forger;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every kind of forged event. Each is sent to every environment, whatever its form. None is made from a secret. */
enum Forgery {
    /** Names the user, proves nothing. */
    MISSING_PROOF((target, user, tools) -> Proof.of(null, null)),
    /** An empty proof. */
    EMPTY_PROOF((target, user, tools) -> Proof.of("", target.keyName())),
    /** The id itself for a proof. */
    USER_ID_AS_PROOF((target, user, tools) -> Proof.of(user, target.keyName())),
    /** A random MAC in hex. */
    RANDOM_HEX((target, user, tools) -> Proof.of(tools.randomHex(), target.keyName())),
    /** A random MAC in Base64. */
    RANDOM_BASE64((target, user, tools) -> Proof.of(ForgersTools.base64(tools.randomBytes(32)), target.keyName())),
    /** A random MAC behind the prefix. */
    RANDOM_V1((target, user, tools) -> Proof.of("hmac_v1:" + tools.randomHex(), target.keyName())),
    /** A scheme that does not exist. */
    V2_PREFIX((target, user, tools) -> Proof.of("hmac_v2:" + tools.randomHex(), target.keyName())),
    /** Hex in capitals. */
    UPPER_CASE_HEX((target, user, tools) ->
            Proof.of(tools.hmacHex(tools.ownSecret(), user).toUpperCase(Locale.ROOT), target.keyName())),
    /** White space after the proof. */
    TRAILING_NEWLINE((target, user, tools) -> Proof.of(tools.randomHex() + "\n", target.keyName())),
    /** Flawless but for the secret, under the true key's name. */
    OWN_SECRET((target, user, tools) -> Proof.of(tools.proof(target, tools.ownSecret(), user), target.keyName())),
    /** The same without a key name, so that every key is tried. */
    OWN_SECRET_NO_KEY_NAME(
            (target, user, tools) -> Proof.of(tools.proof(target.withKeyName(""), tools.ownSecret(), user), null)),
    /** The same under the name of a key that does not exist. */
    OWN_SECRET_OWN_KEY_NAME((target, user, tools) ->
            Proof.of(tools.proof(target.withKeyName("forged"), tools.ownSecret(), user), "forged")),
    /** The public API key for a secret. */
    API_KEY_AS_SECRET((target, user, tools) -> Proof.of(tools.proof(target, target.apiKey(), user), target.keyName())),
    /** The key's public name for a secret. */
    KEY_NAME_AS_SECRET(
            (target, user, tools) -> Proof.of(tools.proof(target, target.keyName(), user), target.keyName())),
    /** A JWT that says it needs no signature. */
    JWT_ALG_NONE((target, user, tools) -> Proof.of(tools.unsigned("none", target, user) + ".", target.keyName())),
    /** A JWT with a random signature. */
    JWT_RANDOM_SIGNATURE((target, user, tools) -> Proof.of(
            tools.unsigned("HS256", target, user) + "." + ForgersTools.base64Url(tools.randomBytes(32)),
            target.keyName())),
    /** A JWT under an algorithm that nobody allowed. */
    JWT_HS512((target, user, tools) -> Proof.of(tools.jwt("HS512", tools.ownSecret(), target, user), target.keyName())),
    /** The forger's own name in the token, the victim's beside it. */
    JWT_OTHER_SUBJECT((target, user, tools) ->
            Proof.of(tools.jwt("HS256", tools.ownSecret(), target, "forger"), target.keyName())),
    /** A proof that is too long to be looked at. */
    OVERSIZED((target, user, tools) -> Proof.of("a".repeat(9_000), target.keyName())),
    /** Names no user at all. */
    ANONYMOUS((target, user, tools) -> Proof.of(null, null)) {
        @Override
        Map<String, Object> event(ForgeryTarget target, String userId, ForgersTools tools) {
            Map<String, Object> event = super.event(target, userId, tools);
            event.remove("userId");
            return event;
        }
    };

    /** What travels as {@code identityToken} and {@code signingKeyName}; null leaves the member out. */
    record Proof(@Nullable String token, @Nullable String keyName) {
        static Proof of(@Nullable String token, @Nullable String keyName) {
            return new Proof(token, keyName);
        }
    }

    /** Makes the proof of one kind of forgery. */
    @FunctionalInterface
    interface Maker {
        /** A proof of {@code userId}. */
        Proof make(ForgeryTarget target, String userId, ForgersTools tools);
    }

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold no state
    private final Maker maker;

    Forgery(Maker maker) {
        this.maker = maker;
    }

    /** An event in the name of {@code userId}, in the shape that honest clients send. */
    Map<String, Object> event(ForgeryTarget target, String userId, ForgersTools tools) {
        Proof proof = maker.make(target, userId, tools);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", tools.eventId());
        event.put("type", "track");
        event.put("name", "Forged");
        event.put("timestamp", Instant.now().toString());
        event.put("anonymousId", "forger");
        event.put("userId", userId);
        if (proof.token() != null) {
            event.put("identityToken", proof.token());
        }
        if (proof.keyName() != null) {
            event.put("signingKeyName", proof.keyName());
        }
        event.put("properties", Map.of("forgery", name()));
        return event;
    }
}
