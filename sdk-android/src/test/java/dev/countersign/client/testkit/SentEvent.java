package dev.countersign.client.testkit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event as the collector received it. Immutable; {@link #toString} leaves the proofs out. */
public final class SentEvent {
    private final Map<String, Object> json;

    SentEvent(Map<String, Object> json) {
        this.json = Collections.unmodifiableMap(json);
    }

    /** All its members: text as {@code String}, numbers as {@code Double}, objects as {@code Map}. */
    public Map<String, Object> json() {
        return json;
    }

    /** The event's id, a UUIDv7. */
    public String id() {
        return text("id");
    }

    /** {@code initialize}, {@code identify}, {@code group} or {@code track}. */
    public String type() {
        return text("type");
    }

    /** What happened; null unless it is a {@code track}. */
    public String name() {
        return text("name");
    }

    /** Whom it belongs to; null while the visitor is anonymous. */
    public String userId() {
        return text("userId");
    }

    /** The visitor. */
    public String anonymousId() {
        return text("anonymousId");
    }

    /** The group that it names, or null. */
    public String groupId() {
        return text("groupId");
    }

    /** The proof of the user, or null. */
    public String token() {
        return text("identityToken");
    }

    /** The proof of the group, or null; a JWT that is the user's proof may cover the group too. */
    public String groupToken() {
        return text("groupToken");
    }

    /** A member that is text; null when it is not there. */
    public String text(String member) {
        return (String) json.get(member);
    }

    /** An object such as {@code properties} or {@code traits}; empty when it is not there. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> object(String member) {
        Object value = json.get(member);
        return value == null ? Collections.<String, Object>emptyMap() : (Map<String, Object>) value;
    }

    @Override
    public String toString() {
        Map<String, Object> shown = new LinkedHashMap<>(json);
        shown.remove("identityToken");
        shown.remove("groupToken");
        return shown.toString();
    }
}
