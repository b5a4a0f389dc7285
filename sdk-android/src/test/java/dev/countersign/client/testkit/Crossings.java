package dev.countersign.client.testkit;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import okio.Buffer;

/** Looks through requests for events that went under the wrong user. */
final class Crossings {
    private final Map<String, String> usersOfProofs = new HashMap<>();
    private final Map<String, String> groupsOfProofs = new HashMap<>();
    private final Map<String, String> ownersOfEvents = new HashMap<>();

    void check(List<SentEvent> events) {
        Set<String> users = new LinkedHashSet<>();
        Set<String> groups = new LinkedHashSet<>();
        for (SentEvent event : events) {
            users.add(event.userId());
            groups.add(event.groupId());
        }
        for (SentEvent event : events) {
            check(event);
            notAnothers(event, event.userId(), event.token(), users);
            notAnothers(event, event.groupId(), event.groupToken(), groups);
        }
    }

    private void check(SentEvent event) {
        String owner = event.anonymousId() + " " + event.userId() + " " + event.groupId();
        require(event, owner.equals(first(ownersOfEvents, event.id(), owner)), "has changed its owner");
        Map<?, ?> claims = claims(event.token());
        Object named = claims == null ? null : idOf(claims, "visitor", claims.get("sub"));
        if (event.userId() == null) {
            require(
                    event,
                    event.token() == null || (claims != null && named == null),
                    "is anonymous and carries a proof");
        } else {
            require(event, event.token() != null, "is a user's and carries no proof");
            require(event, claims == null || event.userId().equals(named), "carries a token of another user");
            String user = first(usersOfProofs, event.token(), event.userId());
            require(event, event.userId().equals(user), "carries a proof that went with events of " + user);
        }
        if (event.groupToken() != null) {
            String group = first(groupsOfProofs, event.groupToken(), String.valueOf(event.groupId()));
            require(event, group.equals(event.groupId()), "carries a group's proof that went with events of " + group);
        }
    }

    private static void notAnothers(SentEvent event, String id, String proof, Set<String> ids) {
        for (String other : ids) {
            boolean others = other != null && !other.equals(id) && TestProofs.isOf(other, proof);
            require(event, !others, "carries a proof of " + other);
        }
    }

    private static String first(Map<String, String> map, String key, String value) {
        String before = map.putIfAbsent(key, value);
        return before == null ? value : before;
    }

    /** The payload of a JWT; null for the other forms. */
    private static Map<?, ?> claims(String proof) {
        String[] parts = proof == null ? new String[0] : proof.split("\\.");
        if (parts.length != 3) {
            return null;
        }
        try {
            String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return (Map<?, ?>) JsonReader.of(new Buffer().writeUtf8(payload)).readJsonValue();
        } catch (IOException | RuntimeException e) {
            throw new AssertionError("a token that cannot be read", e);
        }
    }

    /** A token without an id, or with an empty one, is about an anonymous visitor. */
    private static Object idOf(Map<?, ?> claims, String member, Object otherwise) {
        Object object = claims.get(member);
        Object id = object instanceof Map ? ((Map<?, ?>) object).get("id") : null;
        Object found = id == null || id.equals("") ? otherwise : id;
        return Objects.equals(found, "") ? null : found;
    }

    private static void require(SentEvent event, boolean fine, String otherwise) {
        if (!fine) {
            throw new AssertionError("event " + event.id() + " (user " + event.userId() + ", group " + event.groupId()
                    + ", name " + event.name() + ") " + otherwise);
        }
    }
}
