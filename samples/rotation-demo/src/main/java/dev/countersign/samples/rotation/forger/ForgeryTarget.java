package dev.countersign.samples.rotation.forger;

import dev.countersign.samples.rotation.wire.Json;
import java.util.List;
import java.util.Map;

/**
 * What the forger knows of an environment: everything that is public, and every user's id.
 *
 * @param form such as {@code hmac-hex}
 * @param audience the environment's id, which any JWT shows
 * @param keyName the present signing key's id, which travels beside every proof
 */
record ForgeryTarget(String form, String audience, String apiKey, List<String> userIds, String keyName) {

    static ForgeryTarget fromJson(Map<String, Object> json) {
        List<String> userIds = json.get("userIds") instanceof List<?> ids
                ? ids.stream().map(String::valueOf).toList()
                : List.of();
        return new ForgeryTarget(
                Json.requiredText(json, "form"),
                Json.requiredText(json, "audience"),
                Json.requiredText(json, "apiKey"),
                userIds,
                Json.requiredText(json, "keyName"));
    }

    ForgeryTarget withKeyName(String newest) {
        return new ForgeryTarget(form, audience, apiKey, userIds, newest);
    }
}
