package dev.countersign.samples.collector.event;

import org.jspecify.annotations.Nullable;

/** One entry of a request: an event, or the reason why it is none. */
public sealed interface Entry {

    /** The event's id as it was sent; null when there is none that can be repeated in an answer. */
    @Nullable
    String id();

    /**
     * An entry that breaks a rule of the wire protocol.
     *
     * @param id its id, or null
     * @param refusal the first rule it breaks
     */
    record Broken(@Nullable String id, Refusal refusal) implements Entry {
        /** Names no id: it may reach a log. */
        @Override
        public String toString() {
            return "Broken[" + refusal.code() + "]";
        }
    }

    /**
     * A well-formed event; whether its proofs hold is not known here. It has a user id or an anonymous id.
     *
     * @param id a UUIDv7; null for one of a client that sends none, in which repeats cannot be told
     * @param type what it does
     * @param name what happened; present for {@link EventType#TRACK}
     * @param anonymousId the id that the client made up, or null
     * @param userId whom it names, or null
     * @param identityToken the proof of the user id, or null
     * @param signingKeyName the key that the proofs are said to be made with, or null
     * @param groupId the group it names, or null
     * @param groupToken the proof of the group id, or null
     * @param appVersion the app's version as its context says, or null
     * @param body the event's JSON as it was sent, without its proofs
     */
    record Event(
            @Nullable String id,
            EventType type,
            @Nullable String name,
            @Nullable String anonymousId,
            @Nullable String userId,
            @Nullable String identityToken,
            @Nullable String signingKeyName,
            @Nullable String groupId,
            @Nullable String groupToken,
            @Nullable String appVersion,
            String body)
            implements Entry {

        /** Names neither ids nor proofs: it may reach a log. */
        @Override
        public String toString() {
            return "Event[" + type + "]";
        }
    }
}
