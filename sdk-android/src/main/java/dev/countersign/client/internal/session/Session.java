package dev.countersign.client.internal.session;

import dev.countersign.client.event.Attributes;
import dev.countersign.client.internal.support.JsonBytes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Who is using the app: id, group and properties change together, because a session is replaced as a whole. Immutable but for the
 * mark that its events are dropped. What every event says of its owner is written down once, here. Safe for use by
 * several threads.
 */
public final class Session {
    private final String anonymousId;
    private final @Nullable String userId;
    private final Owner owner;
    private final Attributes properties;
    private final byte[] fragment;
    /** Shared by all that follow one another for the same visitor. */
    private final AtomicBoolean dropped;

    private Session(
            String anonymousId,
            @Nullable String userId,
            @Nullable String groupId,
            Attributes properties,
            AtomicBoolean dropped) {
        this.properties = properties;
        this.dropped = dropped;
        this.anonymousId = anonymousId;
        this.userId = userId;
        this.owner = userId == null ? Owner.anonymous(anonymousId, groupId) : Owner.user(userId, groupId);
        this.fragment = fragment(anonymousId, userId, groupId);
    }

    /** A new anonymous visitor. */
    public static Session anonymous(String anonymousId) {
        return new Session(anonymousId, null, null, Attributes.empty(), new AtomicBoolean());
    }

    /** The same visitor, now known as this user; the group stays. */
    public Session identify(String userId) {
        return new Session(anonymousId, userId, owner.groupId(), properties, dropped);
    }

    /** The same visitor, now in this group. */
    public Session group(String groupId) {
        return new Session(anonymousId, userId, groupId, properties, dropped);
    }

    /** The same, whose events have these properties from now on. */
    public Session with(Attributes newProperties) {
        return new Session(anonymousId, userId, owner.groupId(), newProperties, dropped);
    }

    /** Properties of each event that is tracked. */
    public Attributes properties() {
        return properties;
    }

    /** The user, or null while the visitor is anonymous. */
    public @Nullable String userId() {
        return userId;
    }

    /** The visitor's anonymous id; a cleared session never uses it again. */
    public String anonymousId() {
        return anonymousId;
    }

    /** Whom the events of this session belong to. */
    public Owner owner() {
        return owner;
    }

    /** The JSON members {@code "anonymousId":"…","userId":"…","groupId":"…"} as far as they are known; not to be changed. */
    public byte[] fragment() {
        return fragment;
    }

    /** The session has ended, and its events are dropped, also those that are being recorded. */
    public void drop() {
        dropped.set(true);
    }

    /** Whether its events are dropped. */
    public boolean isDropped() {
        return dropped.get();
    }

    @Override
    public String toString() {
        return userId == null ? "Session(anonymous)" : "Session(identified)";
    }

    private static byte[] fragment(String anonymousId, @Nullable String userId, @Nullable String groupId) {
        JsonBytes out = new JsonBytes(128).raw("\"anonymousId\":").string(anonymousId);
        if (userId != null) {
            out.raw(",\"userId\":").string(userId);
        }
        if (groupId != null) {
            out.raw(",\"groupId\":").string(groupId);
        }
        return out.toByteArray();
    }
}
