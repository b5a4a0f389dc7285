package dev.countersign.samples.rotation.forger;

import dev.countersign.samples.rotation.account.ForgerAccount;
import dev.countersign.samples.rotation.wire.HttpJson;
import dev.countersign.samples.rotation.wire.HttpJson.Answer;
import dev.countersign.samples.rotation.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sends forged events, every kind to every environment by turns, and counts the answers. Not thread-safe. */
final class Forger {

    private static final int EVENTS_A_BATCH = 5;
    private static final List<Forgery> KINDS = List.of(Forgery.values());

    private final List<ForgeryTarget> targets;
    private final List<HttpJson> connections = new ArrayList<>();
    private final ForgersTools tools;
    private final Map<String, Map<String, Long>> answers = new LinkedHashMap<>();
    private int requests;
    private int events;

    Forger(String collectorUrl, List<ForgeryTarget> targets, ForgersTools tools) {
        this.targets = new ArrayList<>(targets);
        this.tools = tools;
        targets.forEach(target ->
                connections.add(new HttpJson(collectorUrl, "X-API-Key", target.apiKey(), Duration.ofSeconds(10))));
    }

    /** Learns the newest signing key's name of the environment with {@code form}. */
    void learnKeyName(String form, String keyName) {
        targets.replaceAll(target -> target.form().equals(form) ? target.withKeyName(keyName) : target);
    }

    /** Sends the next request: a single event at every fifth, else a batch. */
    void sendNext() throws InterruptedException {
        int index = requests++ % targets.size();
        boolean single = requests % 5 == 0;
        List<Forgery> kinds = nextKinds(single ? 1 : EVENTS_A_BATCH);
        List<Map<String, Object>> batch =
                kinds.stream().map(kind -> event(kind, targets.get(index))).toList();
        try {
            HttpJson connection = connections.get(index);
            Answer answer = single
                    ? connection.post("/api/v1/events", batch.get(0))
                    : connection.post("/api/v1/events/batch", Map.of("events", batch));
            count(kinds, answer);
        } catch (IOException e) {
            kinds.forEach(kind -> count(kind, ForgerAccount.UNANSWERED));
        }
    }

    /** The account so far. */
    ForgerAccount account() {
        return new ForgerAccount(answers);
    }

    private List<Forgery> nextKinds(int count) {
        List<Forgery> kinds = new ArrayList<>();
        while (kinds.size() < count) {
            // One kind is skipped after each round, so that a kind does not always meet the same environment.
            int round = events / KINDS.size();
            kinds.add(KINDS.get((events++ + round) % KINDS.size()));
        }
        return kinds;
    }

    private Map<String, Object> event(Forgery kind, ForgeryTarget target) {
        String victim = target.userIds().get(events % target.userIds().size());
        return kind.event(target, victim, tools);
    }

    private void count(List<Forgery> kinds, Answer answer) {
        List<String> fates = new ArrayList<>();
        String all = refusal(Json.objectAt(answer.body(), "error"));
        kinds.forEach(kind -> fates.add(answer.status() == 200 ? ForgerAccount.ACCEPTED : all));
        for (Map<String, Object> rejected : Json.objectsAt(answer.body(), "rejected")) {
            fates.set((int) Json.numberAt(rejected, "index"), refusal(rejected));
        }
        for (int i = 0; i < fates.size(); i++) {
            count(kinds.get(i), fates.get(i));
        }
    }

    private void count(Forgery kind, String fate) {
        answers.computeIfAbsent(kind.name(), name -> new TreeMap<>()).merge(fate, 1L, Long::sum);
    }

    private static String refusal(Map<String, Object> error) {
        String reason = Json.textAt(error, "reason");
        String code = Json.textAt(error, "code");
        return reason != null ? reason : code != null ? code : ForgerAccount.UNANSWERED;
    }
}
