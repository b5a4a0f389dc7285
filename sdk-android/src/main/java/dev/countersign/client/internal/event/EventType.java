package dev.countersign.client.internal.event;

import dev.countersign.client.internal.support.JsonBytes;
import java.util.Locale;

/** The types of the wire protocol. */
public enum EventType {
    /** A session with signed metadata began. */
    INITIALIZE("traits"),
    /** The user became known, or their traits changed. */
    IDENTIFY("traits"),
    /** The user's group became known, or its traits changed. */
    GROUP("traits"),
    /** Something happened. */
    TRACK("properties");

    /** From the end of the id to the end of the type. */
    @SuppressWarnings("ImmutableEnumChecker")
    final byte[] fragment;
    /** The name under which attributes travel, ready to be written. */
    @SuppressWarnings("ImmutableEnumChecker")
    final byte[] attributes;

    EventType(String attributes) {
        this.fragment = JsonBytes.ascii("\",\"type\":\"" + name().toLowerCase(Locale.ROOT) + "\"");
        this.attributes = JsonBytes.ascii(",\"" + attributes + "\":");
    }
}
