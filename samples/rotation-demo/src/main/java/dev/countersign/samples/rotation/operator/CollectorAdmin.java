package dev.countersign.samples.rotation.operator;

import dev.countersign.samples.rotation.wire.HttpJson;
import dev.countersign.samples.rotation.wire.HttpJson.Answer;
import dev.countersign.samples.rotation.wire.Json;
import dev.countersign.server.key.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The collector's administration API, as far as a rotation needs it. Thread-safe. */
public final class CollectorAdmin {

    /**
     * A key in the collector's books.
     *
     * @param accepted verified events that used it, since the collector started
     */
    public record KeyUse(String id, String status, long accepted) {}

    private final HttpJson http;

    /** The administration of the collector at {@code url}, with its own credential. */
    public CollectorAdmin(String url, String adminToken) {
        this.http = new HttpJson(url, "Authorization", "Bearer " + adminToken, Duration.ofSeconds(10));
    }

    /** Creates an environment in STRICT, which refuses every event without a valid proof, anonymous ones too. */
    public Environment createStrictEnvironment(ProofForm form) throws IOException, InterruptedException {
        Map<String, Object> created = post(
                "/admin/environments",
                Map.of("name", form.id(), "form", form.id(), "mode", "STRICT", "anonymous", "REJECT"));
        return new Environment(form, Json.requiredText(created, "id"), Json.requiredText(created, "apiKey"));
    }

    /** Creates a key. An environment's first one is primary at once, every other waits as pending. */
    public IssuedKey createKey(Environment environment, String description) throws IOException, InterruptedException {
        Map<String, Object> created = post(keysOf(environment), Map.of("description", description));
        return new IssuedKey(Json.requiredText(created, "id"), Secret.of(Json.requiredText(created, "secret")));
    }

    /** Makes {@code key} the primary; the former one is retiring. */
    public void promote(Environment environment, IssuedKey key) throws IOException, InterruptedException {
        post(keysOf(environment) + "/" + key.id() + "/promote", Map.of());
    }

    /** Revokes {@code key}, effective on the next request. */
    public void revoke(Environment environment, IssuedKey key) throws IOException, InterruptedException {
        post(keysOf(environment) + "/" + key.id() + "/revoke", Map.of("confirm", key.id()));
    }

    /** Revokes the primary {@code key} at once and makes {@code replacement} the primary. */
    public void emergencyRevoke(Environment environment, IssuedKey key, IssuedKey replacement)
            throws IOException, InterruptedException {
        post(
                keysOf(environment) + "/" + key.id() + "/emergency-revoke",
                Map.of("confirm", key.id(), "replacement", replacement.id()));
    }

    /** The environment's keys, revoked ones included. */
    public List<KeyUse> keys(Environment environment) throws IOException, InterruptedException {
        List<KeyUse> keys = new ArrayList<>();
        for (Map<String, Object> key : Json.objectsAt(get(keysOf(environment)), "keys")) {
            keys.add(new KeyUse(
                    Json.requiredText(key, "id"), Json.requiredText(key, "status"), Json.numberAt(key, "accepted")));
        }
        return keys;
    }

    /** The enforcement mode of {@code environments}: one element while they agree. */
    public Set<String> modes(List<Environment> environments) throws IOException, InterruptedException {
        Set<String> modes = new TreeSet<>();
        for (Environment environment : environments) {
            modes.add(Json.requiredText(get("/admin/environments/" + environment.id()), "mode"));
        }
        return modes;
    }

    /** Every refusal since the collector started, by reason, in all environments, whoever sent the event. */
    public Map<String, Long> refusals() throws IOException, InterruptedException {
        Map<String, Long> total = new TreeMap<>();
        Map<String, Object> environments = Json.objectAt(get("/admin/stats"), "environments");
        for (String id : environments.keySet()) {
            Map<String, Object> rejected = Json.objectAt(Json.objectAt(environments, id), "rejected");
            rejected.keySet().forEach(reason -> total.merge(reason, Json.numberAt(rejected, reason), Long::sum));
        }
        return total;
    }

    private Map<String, Object> get(String path) throws IOException, InterruptedException {
        return checked(path, http.get(path));
    }

    private Map<String, Object> post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return checked(path, http.post(path, body));
    }

    private static String keysOf(Environment environment) {
        return "/admin/environments/" + environment.id() + "/keys";
    }

    private static Map<String, Object> checked(String path, Answer answer) throws IOException {
        if (answer.status() >= 300) {
            Map<String, Object> error = Json.objectAt(answer.body(), "error");
            throw new IOException("collector: " + path + " answered " + answer.status() + " " + error);
        }
        return answer.body();
    }
}
