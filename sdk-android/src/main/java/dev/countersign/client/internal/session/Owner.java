package dev.countersign.client.internal.session;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whom an event belongs to: a user, or an anonymous visitor; and the group that the event names. Its tag is what the
 * queue keeps beside each event, and all it takes to find the event's proof again. Immutable.
 *
 * <pre>
 * tag:  u5:u_123        user u_123, no group        (the number is the length of the id)
 *       u5:u_123acme    user u_123 in group acme
 *       a36:0193…acme   anonymous visitor in group acme
 * </pre>
 */
public final class Owner {
    private final boolean anonymous;
    private final String id;
    private final @Nullable String groupId;
    private final String tag;

    private Owner(boolean anonymous, String id, @Nullable String groupId) {
        this.anonymous = anonymous;
        this.id = id;
        this.groupId = groupId;
        this.tag = (anonymous ? "a" : "u") + id.length() + ':' + id + (groupId == null ? "" : groupId);
    }

    /** A user, and the group that the event names, if any. */
    public static Owner user(String userId, @Nullable String groupId) {
        return new Owner(false, userId, groupId);
    }

    /** An anonymous visitor, and the group that the event names, if any. */
    public static Owner anonymous(String anonymousId, @Nullable String groupId) {
        return new Owner(true, anonymousId, groupId);
    }

    /** The owner that has this tag. */
    public static Owner parse(String tag) {
        int colon = tag.indexOf(':');
        int end = colon + 1 + Integer.parseInt(tag.substring(1, colon));
        String groupId = end == tag.length() ? null : tag.substring(end);
        return new Owner(tag.charAt(0) == 'a', tag.substring(colon + 1, end), groupId);
    }

    /** What the queue keeps. */
    public String tag() {
        return tag;
    }

    /** Whether no user is named. */
    public boolean isAnonymous() {
        return anonymous;
    }

    /** The user's id, or the anonymous one. */
    public String id() {
        return id;
    }

    /** The group that the event names, or null. */
    public @Nullable String groupId() {
        return groupId;
    }

    /** The same user or visitor without the group. */
    public Owner withoutGroup() {
        return groupId == null ? this : new Owner(anonymous, id, null);
    }

    /** Whether both are the same user or visitor, whatever the group. */
    public boolean isSameSubject(Owner other) {
        return anonymous == other.anonymous && id.equals(other.id);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Owner
                && tag.equals(((Owner) other).tag)
                && Objects.equals(groupId, ((Owner) other).groupId);
    }

    @Override
    public int hashCode() {
        return tag.hashCode();
    }

    @Override
    public String toString() {
        return anonymous ? "Owner(anonymous)" : "Owner(user)";
    }
}
