package dev.countersign.samples.rotation.account;

import dev.countersign.samples.rotation.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a client process says about itself.
 *
 * @param tracked track calls that returned
 * @param accepted events that the collector confirmed, identify and group events included
 * @param rejected refusals by reason; an event that is refused twice counts twice
 * @param dropped events that the SDK gave up
 * @param queued events that wait in the SDK's queue
 */
public record ClientAccount(long tracked, long accepted, Map<String, Long> rejected, long dropped, long queued) {

    /** An account before the first event. */
    public static ClientAccount empty() {
        return new ClientAccount(0, 0, Map.of(), 0, 0);
    }

    /** Reads what {@link #toJson} wrote. */
    public static ClientAccount fromJson(Map<String, Object> json) {
        Map<String, Object> rejected = Json.objectAt(json, "rejected");
        Map<String, Long> byReason = new TreeMap<>();
        rejected.keySet().forEach(reason -> byReason.put(reason, Json.numberAt(rejected, reason)));
        return new ClientAccount(
                Json.numberAt(json, "tracked"),
                Json.numberAt(json, "accepted"),
                byReason,
                Json.numberAt(json, "dropped"),
                Json.numberAt(json, "queued"));
    }

    /** The account as an object that is written as JSON. */
    public Map<String, ?> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tracked", tracked);
        json.put("accepted", accepted);
        json.put("rejected", rejected);
        json.put("dropped", dropped);
        json.put("queued", queued);
        return json;
    }

    /** Refusals for any reason. */
    public long rejectedTotal() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Both accounts together. */
    public ClientAccount plus(ClientAccount other) {
        Map<String, Long> both = new TreeMap<>(rejected);
        other.rejected.forEach((reason, count) -> both.merge(reason, count, Long::sum));
        return new ClientAccount(
                tracked + other.tracked,
                accepted + other.accepted,
                both,
                dropped + other.dropped,
                queued + other.queued);
    }
}
