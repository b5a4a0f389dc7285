package dev.countersign.samples.rotation.account;

import dev.countersign.samples.rotation.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the forger sent and what it was told.
 *
 * @param answers for each kind of forgery, how many events got which answer: {@value #ACCEPTED}, {@value #UNANSWERED},
 *     or the reason or code of the refusal
 */
public record ForgerAccount(Map<String, Map<String, Long>> answers) {

    /** The answer to an event that was taken. */
    public static final String ACCEPTED = "ACCEPTED";

    /** The answer to an event whose request failed. */
    public static final String UNANSWERED = "UNANSWERED";

    /** An account before the first event. */
    public static ForgerAccount empty() {
        return new ForgerAccount(Map.of());
    }

    /** Reads what {@link #toJson} wrote. */
    public static ForgerAccount fromJson(Map<String, Object> json) {
        Map<String, Map<String, Long>> answers = new LinkedHashMap<>();
        json.keySet().forEach(kind -> answers.put(kind, counts(Json.objectAt(json, kind))));
        return new ForgerAccount(answers);
    }

    /** The account as an object that is written as JSON. */
    public Map<String, ?> toJson() {
        return answers;
    }

    /** Every forged event that was sent. */
    public long sent() {
        return byAnswer().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Those that an answer accepted. */
    public long accepted() {
        return byAnswer().getOrDefault(ACCEPTED, 0L);
    }

    /** Those whose fate the forger does not know. */
    public long unanswered() {
        return byAnswer().getOrDefault(UNANSWERED, 0L);
    }

    /** Those that were refused. */
    public long refused() {
        return sent() - accepted() - unanswered();
    }

    /** The kinds of forgery of which not one event is known to have been refused. */
    public List<String> kindsNeverRefused() {
        return answers.entrySet().stream()
                .filter(kind ->
                        Set.of(ACCEPTED, UNANSWERED).containsAll(kind.getValue().keySet()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many events, of whatever kind, got which answer. */
    public Map<String, Long> byAnswer() {
        Map<String, Long> total = new TreeMap<>();
        answers.values().forEach(kind -> kind.forEach((answer, count) -> total.merge(answer, count, Long::sum)));
        return total;
    }

    private static Map<String, Long> counts(Map<String, Object> json) {
        Map<String, Long> counts = new TreeMap<>();
        json.keySet().forEach(answer -> counts.put(answer, Json.numberAt(json, answer)));
        return counts;
    }
}
