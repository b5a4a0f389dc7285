package dev.countersign.client.internal.event;

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
    final String fragment;
    /** The name under which attributes travel, ready to be written. */
    final String attributes;

    EventType(String attributes) {
        this.fragment = "\",\"type\":\"" + name().toLowerCase(Locale.ROOT) + "\"";
        this.attributes = ",\"" + attributes + "\":";
    }
}
