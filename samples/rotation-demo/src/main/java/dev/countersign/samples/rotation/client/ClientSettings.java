package dev.countersign.samples.rotation.client;

import dev.countersign.samples.rotation.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client process is told, in the environment variable {@value #VARIABLE}: it holds passwords.
 *
 * @param environment the back end's name of the environment
 * @param logins who logs in at this client, by turns
 * @param turnMillis how long one user's turn lasts; 0 if the first stays
 * @param ledger the file for the client's own ledger
 */
public record ClientSettings(
        String name,
        String collectorUrl,
        String backEndUrl,
        String environment,
        String apiKey,
        List<Login> logins,
        long eventsPerSecond,
        long callTimeoutMillis,
        long turnMillis,
        String ledger) {

    /** The environment variable that carries the settings. */
    public static final String VARIABLE = "CLIENT_SETTINGS";

    /** A user of the back ends. */
    public record Login(String username, String password, String userId, String groupId) {

        /** The user as the back ends' users file has it, and as the client is told. */
        public Map<String, String> toJson() {
            return Map.of("username", username, "password", password, "userId", userId, "groupId", groupId);
        }

        private static Login fromJson(Map<String, Object> json) {
            return new Login(
                    Json.requiredText(json, "username"),
                    Json.requiredText(json, "password"),
                    Json.requiredText(json, "userId"),
                    Json.requiredText(json, "groupId"));
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }

    /** Reads what {@link #toJson} wrote. */
    static ClientSettings fromJson(Map<String, Object> json) {
        List<Login> logins = new ArrayList<>();
        Json.objectsAt(json, "logins").forEach(login -> logins.add(Login.fromJson(login)));
        return new ClientSettings(
                Json.requiredText(json, "name"),
                Json.requiredText(json, "collectorUrl"),
                Json.requiredText(json, "backEndUrl"),
                Json.requiredText(json, "environment"),
                Json.requiredText(json, "apiKey"),
                logins,
                Json.numberAt(json, "eventsPerSecond"),
                Json.numberAt(json, "callTimeoutMillis"),
                Json.numberAt(json, "turnMillis"),
                Json.requiredText(json, "ledger"));
    }

    /** The settings as an object that is written as JSON. */
    public Map<String, ?> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("collectorUrl", collectorUrl);
        json.put("backEndUrl", backEndUrl);
        json.put("environment", environment);
        json.put("apiKey", apiKey);
        json.put("logins", logins.stream().map(Login::toJson).toList());
        json.put("eventsPerSecond", eventsPerSecond);
        json.put("callTimeoutMillis", callTimeoutMillis);
        json.put("turnMillis", turnMillis);
        json.put("ledger", ledger);
        return json;
    }
}
