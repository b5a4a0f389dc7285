package dev.countersign.client.internal.event;

import dev.countersign.client.event.Attributes;
import dev.countersign.client.internal.support.Guard;
import dev.countersign.client.internal.support.Ids;
import dev.countersign.client.internal.support.Iso8601;
import dev.countersign.client.internal.support.JsonBytes;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as UTF-8 JSON, once, on the caller's thread, without its proofs. Safe for use by several threads.
 *
 * <pre>
 * {"id":"0193…","type":"track","name":"…","timestamp":"…",  owner fragment  ,"properties":{…},"context":{…}}
 *        ^ offset 7, 36 characters
 * </pre>
 */
public final class EventEncoder {
    /** Most bytes of an event without its proofs; the collector refuses more. */
    public static final int MAX_BYTES = 32 * 1024;

    private static final int ID_OFFSET = "{'id':'".length();
    private static final byte[] ID = JsonBytes.ascii("{\"id\":\"");
    private static final byte[] NAME = JsonBytes.ascii(",\"name\":");
    private static final byte[] TIMESTAMP = JsonBytes.ascii(",\"timestamp\":\"");
    private static final byte[] AFTER_TIMESTAMP = JsonBytes.ascii("\",");
    private static final byte[] CONTEXT = JsonBytes.ascii(",\"context\":");
    /** All but the name, the owner and the attributes. */
    private static final int FIXED_BYTES = 144;

    private final Ids ids;
    private final @Nullable Attributes context;

    /** Every event gets an id from {@code ids}, and {@code context} unless that is null. */
    public EventEncoder(Ids ids, @Nullable Attributes context) {
        this.ids = ids;
        this.context = context;
    }

    /**
     * Encodes one event.
     *
     * @param owner the members that say who it comes from, {@code "anonymousId":"…"} and so on, without braces
     * @param name what happened; for {@link EventType#TRACK} only
     * @param attributes traits or properties; left out when null
     * @throws IllegalArgumentException when it is over {@link #MAX_BYTES}
     */
    public JsonBytes encode(
            EventType type, @Nullable String name, long epochMillis, byte[] owner, @Nullable Attributes attributes) {
        JsonBytes out = new JsonBytes(FIXED_BYTES
                + owner.length
                + (name == null ? 0 : name.length())
                + (attributes == null ? 0 : attributes.byteCount())
                + (context == null ? 0 : context.byteCount()));
        ids.writeEventId(out.raw(ID), epochMillis);
        out.raw(type.fragment);
        if (name != null) {
            out.raw(NAME).string(name);
        }
        Iso8601.write(out.raw(TIMESTAMP), epochMillis);
        out.raw(AFTER_TIMESTAMP).raw(owner);
        attributes(out, type.attributes, attributes);
        attributes(out, CONTEXT, context);
        out.raw('}');
        if (out.length() > MAX_BYTES) {
            throw new IllegalArgumentException("event: " + out.length() + " bytes, allowed are " + MAX_BYTES);
        }
        return out;
    }

    /** The id of an encoded event. */
    public static String idOf(byte[] event) {
        StringBuilder id = new StringBuilder(Ids.LENGTH);
        for (int i = ID_OFFSET; i < ID_OFFSET + Ids.LENGTH; i++) {
            id.append((char) event[i]);
        }
        return id.toString();
    }

    /** Checks an event's name: 1 to 256 Unicode code points. */
    public static String checkName(String name) {
        return Guard.id("name", name);
    }

    private static void attributes(JsonBytes out, byte[] member, @Nullable Attributes attributes) {
        if (attributes != null && attributes.size() > 0) {
            attributes.writeTo(out.raw(member));
        }
    }
}
