package dev.countersign.client.event;

import dev.countersign.client.internal.support.Guard;
import dev.countersign.client.internal.support.JsonBytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named values of an event (properties) or of a user or group (traits). Immutable: values are checked and written down
 * when this is made, so changing a map or list later changes nothing here.
 *
 * <p>A value is a {@link CharSequence}, {@link Boolean}, {@link Number} of the JDK (finite), enum (its name), {@link
 * java.util.Date} (RFC 3339 in UTC), {@code null}, a {@link Map} with string keys, an {@link Iterable}, an object array,
 * or other {@code Attributes}; at most 5 levels deep, this one included, and 32 KiB in all as UTF-8 JSON.
 */
public final class Attributes {
    /** Deepest nesting, the attributes themselves included. */
    public static final int MAX_DEPTH = 5;
    /** Most bytes as UTF-8 JSON. */
    public static final int MAX_BYTES = 32 * 1024;

    private static final Attributes EMPTY = new Builder().build();

    private final byte[] json;
    private final int depth;
    private final int size;

    private Attributes(AttributeWriter written) {
        this(written.toObject(), written.depth(), written.size());
    }

    private Attributes(byte[] json, int depth, int size) {
        this.json = json;
        this.depth = depth;
        this.size = size;
    }

    /** None. */
    public static Attributes empty() {
        return EMPTY;
    }

    /** One named value. */
    public static Attributes of(String name, @Nullable Object value) {
        AttributeWriter writer = AttributeWriter.borrow();
        writer.member(name, value);
        return release(writer);
    }

    /** Two named values. */
    public static Attributes of(String name1, @Nullable Object value1, String name2, @Nullable Object value2) {
        AttributeWriter writer = AttributeWriter.borrow();
        writer.member(name1, value1);
        writer.member(name2, value2);
        return release(writer);
    }

    /** Three named values. */
    public static Attributes of(
            String name1,
            @Nullable Object value1,
            String name2,
            @Nullable Object value2,
            String name3,
            @Nullable Object value3) {
        AttributeWriter writer = AttributeWriter.borrow();
        writer.member(name1, value1);
        writer.member(name2, value2);
        writer.member(name3, value3);
        return release(writer);
    }

    /**
     * Any number of names, each followed by its value.
     *
     * @throws IllegalArgumentException when a value is missing or a name is not a string
     */
    public static Attributes of(@Nullable Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "attributes: " + namesAndValues.length + " names and values, allowed is an even number");
        }
        AttributeWriter writer = AttributeWriter.borrow();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!(namesAndValues[i] instanceof String)) {
                throw new IllegalArgumentException("attributes: argument " + i + " is not a string, allowed is a name");
            }
            writer.member((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return release(writer);
    }

    /** The entries of a map. */
    public static Attributes of(Map<String, ?> values) {
        AttributeWriter writer = AttributeWriter.borrow();
        for (Map.Entry<String, ?> entry : Guard.notNull("attributes", values).entrySet()) {
            writer.member(entry.getKey(), entry.getValue());
        }
        return release(writer);
    }

    private static Attributes release(AttributeWriter writer) {
        Attributes attributes = new Attributes(writer);
        writer.release();
        return attributes;
    }

    /** Starts with no values. */
    public static Builder builder() {
        return new Builder();
    }

    /** These, and those of {@code defaults} whose names these have not; together they may be over {@link #MAX_BYTES}. */
    public Attributes withDefaults(Attributes defaults) {
        if (size == 0 || defaults.size == 0) {
            return size == 0 ? defaults : this;
        }
        JsonBytes out = new JsonBytes(json.length + defaults.json.length).raw(json, 0, json.length - 1);
        int more = Members.appendMissing(out, json, defaults.json);
        return new Attributes(out.raw('}').toByteArray(), Math.max(depth, defaults.depth), size + more);
    }

    /** How many names there are at the top level. */
    public int size() {
        return size;
    }

    /** How many levels deep these are, at least 1. */
    int depth() {
        return depth;
    }

    /** Appends these as a JSON object. */
    public void writeTo(JsonBytes out) {
        out.raw(json);
    }

    /** How many bytes these are as UTF-8 JSON. */
    public int byteCount() {
        return json.length;
    }

    @Override
    public String toString() {
        return "Attributes(" + size + " values)";
    }

    /** Collects named values. Not safe for use by several threads. */
    public static final class Builder {
        private final AttributeWriter writer = new AttributeWriter();

        private Builder() {}

        /**
         * Adds one named value.
         *
         * @param name 1 to 256 Unicode code points, not used before
         * @throws IllegalArgumentException naming the path, when the name or the value is not allowed
         */
        public Builder put(String name, @Nullable Object value) {
            writer.member(name, value);
            return this;
        }

        /** These values; the builder may go on to collect more. */
        public Attributes build() {
            return new Attributes(writer);
        }
    }
}
