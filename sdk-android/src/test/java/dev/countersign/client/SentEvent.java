package dev.countersign.client;

import java.util.Map;

/** An event as the collector received it. */
public record SentEvent(Map<String, Object> json) {

    public String id() {
        return text("id");
    }

    public String type() {
        return text("type");
    }

    public String name() {
        return text("name");
    }

    public String userId() {
        return text("userId");
    }

    public String anonymousId() {
        return text("anonymousId");
    }

    public String groupId() {
        return text("groupId");
    }

    public String token() {
        return text("identityToken");
    }

    public String groupToken() {
        return text("groupToken");
    }

    public String text(String member) {
        return (String) json.get(member);
    }
}
