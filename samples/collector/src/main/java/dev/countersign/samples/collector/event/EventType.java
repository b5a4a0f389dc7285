package dev.countersign.samples.collector.event;

import org.jspecify.annotations.Nullable;

/** What an event does; on the wire in lower case. */
public enum EventType {
    /** An app started, with or without signed metadata. */
    INITIALIZE("initialize"),
    /** A user is named; {@code userId} is required. */
    IDENTIFY("identify"),
    /** A user belongs to a group; {@code groupId} is required. */
    GROUP("group"),
    /** Something happened; {@code name} is required. */
    TRACK("track");

    private static final EventType[] ALL = values();

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire and in the store. */
    public String wireName() {
        return wireName;
    }

    static @Nullable EventType of(String wireName) {
        for (EventType type : ALL) {
            if (type.wireName.equals(wireName)) {
                return type;
            }
        }
        return null;
    }
}
