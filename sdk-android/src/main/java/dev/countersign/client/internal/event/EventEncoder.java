package dev.countersign.client.internal.event;

import dev.countersign.client.event.Attributes;
import dev.countersign.client.internal.support.Guard;
import dev.countersign.client.internal.support.Ids;
import dev.countersign.client.internal.support.Iso8601;
import dev.countersign.client.internal.support.JsonBytes;
import java.util.concurrent.atomic.AtomicReference;
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
    private static final int FIRST_BYTES = 512;

    private static final int MOST_KEPT = 4 * 1024;

    private final Ids ids;
    private final @Nullable Attributes context;
    /** One that is not in use, so that an event need not make its own; whoever finds none makes one. */
    private final AtomicReference<@Nullable JsonBytes> spare = new AtomicReference<>();

    /** Every event gets an id from {@code ids}, and {@code context} unless that is null. */
    public EventEncoder(Ids ids, @Nullable Attributes context) {
        this.ids = ids;
        this.context = context;
    }

    /**
     * Encodes one event, to be given back with {@link #release}.
     *
     * @param owner the members that say who it comes from, {@code "anonymousId":"…"} and so on, without braces
     * @param name what happened; for {@link EventType#TRACK} only
     * @param attributes traits or properties; left out when null
     * @throws IllegalArgumentException when it is over {@link #MAX_BYTES}
     */
    public JsonBytes encode(
            EventType type, @Nullable String name, long epochMillis, byte[] owner, @Nullable Attributes attributes) {
        JsonBytes out = spare.getAndSet(null);
        out = out == null ? new JsonBytes(FIRST_BYTES) : out;
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

    /** The event is not needed any more: its array serves another. */
    public void release(JsonBytes event) {
        if (event.array().length <= MOST_KEPT) {
            event.truncate(0);
            spare.set(event);
        }
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
