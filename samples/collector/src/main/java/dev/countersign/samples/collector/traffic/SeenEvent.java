package dev.countersign.samples.collector.traffic;

import org.jspecify.annotations.Nullable;

/**
 * An event as the dashboard's live view shows it. Holds no proof.
 *
 * @param at when it arrived, in milliseconds since 1970
 * @param fate what became of it
 * @param reason why it is refused or marked failed, or null
 * @param type its type, or null where it has none that is known
 * @param name the name of a tracked event, or null
 * @param owner the user's id or the anonymous id, or null where it is unreadable
 * @param anonymous whether the owner is an anonymous id
 * @param groupId the group's id, or null
 * @param keyId the key of its proof, or null
 * @param appVersion the app's version as the event says, or null
 */
public record SeenEvent(
        long at,
        Fate fate,
        @Nullable String reason,
        @Nullable String type,
        @Nullable String name,
        @Nullable String owner,
        boolean anonymous,
        @Nullable String groupId,
        @Nullable String keyId,
        @Nullable String appVersion) {

    /** Names no owner: it may reach a log. */
    @Override
    public String toString() {
        return "SeenEvent[" + fate + "]";
    }
}
