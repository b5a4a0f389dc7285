package dev.countersign.client.event;

import dev.countersign.client.internal.support.Guard;
import dev.countersign.client.internal.support.Iso8601;
import dev.countersign.client.internal.support.JsonBytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Checks values and writes them as JSON, straight to bytes; a refused value is named by its path. */
final class AttributeWriter {
    private static final byte[] TRUE = JsonBytes.ascii("true");
    private static final byte[] FALSE = JsonBytes.ascii("false");
    private static final byte[] NULL = JsonBytes.ascii("null");
    private static final int MOST_KEPT = 1024;
    /**
     * One that is not in use, so that a call need not make its own; whoever finds none makes one. A call leaves no
     * reference in it unless it nests: to store one in an old object costs more than to write a short name.
     */
    private static final AtomicReference<@Nullable AttributeWriter> SPARE = new AtomicReference<>();

    private final JsonBytes out = new JsonBytes(256).raw('{');
    /** Where the names begin. */
    private int[] names = new int[8];

    private int size;
    /** A bit for the hash code of each name: one whose bit is missing is new. */
    private long seen;
    /** Where the last name ends, its colon included. */
    private int nameEnd;
    /** Where the value being written stands below its name, for messages only. */
    private final @Nullable Object[] path = new Object[Attributes.MAX_DEPTH + 1];

    private int deepest = 1;

    /** An empty one, to be given back with {@link #release}, or not at all after a refusal. */
    static AttributeWriter borrow() {
        AttributeWriter spare = SPARE.getAndSet(null);
        return spare == null ? new AttributeWriter() : spare;
    }

    void release() {
        if (out.array().length <= MOST_KEPT) {
            out.truncate(1);
            size = 0;
            seen = 0;
            deepest = 1;
            SPARE.set(this);
        }
    }

    void member(String name, @Nullable Object value) {
        int before = out.length();
        try {
            if (size > 0) {
                out.raw(',');
            }
            beginName(out.length());
            key(name, 0);
            nameEnd = out.length();
            long bit = 1L << name.hashCode();
            if ((seen & bit) != 0 && isTaken()) {
                throw refuse(0, "given twice, allowed is once");
            }
            value(value, 1);
            if (out.length() >= Attributes.MAX_BYTES) {
                throw refuse(0, (out.length() + 1) + " bytes with this value, allowed are " + Attributes.MAX_BYTES);
            }
            seen |= bit;
            size++;
        } catch (RuntimeException e) {
            out.truncate(before);
            throw e;
        }
    }

    private void beginName(int start) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
        }
        names[size] = start;
    }

    /** Whether the last name was written before: equal names have equal bytes, up to the colon. */
    private boolean isTaken() {
        for (int i = 0; i < size; i++) {
            if (out.isRepeated(names[i], names[size], nameEnd - names[size])) {
                return true;
            }
        }
        return false;
    }

    byte[] toObject() {
        byte[] json = out.raw('}').toByteArray();
        out.truncate(json.length - 1);
        return json;
    }

    int depth() {
        return deepest;
    }

    int size() {
        return size;
    }

    /** Writes a value that has {@code level} objects and arrays around it. The usual ones, apart so that this is compiled well. */
    private void value(@Nullable Object value, int level) {
        if (value instanceof String) {
            text((String) value, level);
        } else if (value instanceof Integer) {
            out.number((Integer) value);
        } else if (value instanceof Boolean) {
            out.raw((Boolean) value ? TRUE : FALSE);
        } else if (value == null) {
            out.raw(NULL);
        } else if (value instanceof Number) {
            number((Number) value, level);
        } else {
            unusual(value, level);
        }
    }

    private void unusual(Object value, int level) {
        if (value instanceof CharSequence) {
            text((CharSequence) value, level);
        } else if (value instanceof Attributes) {
            nested((Attributes) value, level);
        } else if (value instanceof Map) {
            object((Map<?, ?>) value, level);
        } else if (value instanceof Iterable) {
            array((Iterable<?>) value, level);
        } else if (value instanceof Object[]) {
            array(Arrays.asList((Object[]) value), level);
        } else if (value instanceof Enum) {
            out.string(((Enum<?>) value).name());
        } else if (value instanceof Date) {
            Iso8601.write(out.raw('"'), ((Date) value).getTime());
            out.raw('"');
        } else {
            throw refuse(
                    level - 1,
                    "a " + value.getClass().getName()
                            + ", allowed are text, numbers, booleans, dates, enums, maps, lists and null");
        }
    }

    private void text(CharSequence text, int level) {
        if (text.length() > Attributes.MAX_BYTES) {
            throw refuse(
                    level - 1, text.length() + " characters, allowed are " + Attributes.MAX_BYTES + " bytes in all");
        }
        out.string(text.toString());
    }

    private void number(Number number, int level) {
        if (number instanceof Double) {
            out.number(finite(number, level));
        } else if (number instanceof Long) {
            out.number(number.longValue());
        } else if (number instanceof Float) {
            finite(number, level);
            out.raw(number.toString());
        } else if (number instanceof Short
                || number instanceof Byte
                || number instanceof BigInteger
                || number instanceof BigDecimal) {
            out.raw(number.toString());
        } else {
            throw refuse(level - 1, "a " + number.getClass().getName() + ", allowed are the JDK's immutable numbers");
        }
    }

    private double finite(Number number, int level) {
        double value = number.doubleValue();
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw refuse(level - 1, number + ", allowed are finite numbers");
        }
        return value;
    }

    private void nested(Attributes attributes, int level) {
        enter(level, attributes.depth());
        attributes.writeTo(out);
    }

    private void object(Map<?, ?> map, int level) {
        enter(level, 1);
        out.raw('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String)) {
                throw refuse(level - 1, "a map with a key that is not a string");
            }
            path[level] = entry.getKey();
            if (!first) {
                out.raw(',');
            }
            key((String) entry.getKey(), level);
            value(entry.getValue(), level + 1);
            first = false;
        }
        out.raw('}');
    }

    private void array(Iterable<?> values, int level) {
        enter(level, 1);
        out.raw('[');
        int index = 0;
        for (Object value : values) {
            path[level] = index;
            if (index++ > 0) {
                out.raw(',');
            }
            value(value, level + 1);
            if (out.length() > Attributes.MAX_BYTES) {
                throw refuse(level - 1, "too many values, allowed are " + Attributes.MAX_BYTES + " bytes in all");
            }
        }
        out.raw(']');
    }

    private void enter(int level, int more) {
        if (level + more > Attributes.MAX_DEPTH) {
            throw refuse(level - 1, "nested deeper than " + Attributes.MAX_DEPTH + " levels, or within itself");
        }
        deepest = Math.max(deepest, level + more);
    }

    private void key(String name, int level) {
        try {
            Guard.id("name", name);
        } catch (IllegalArgumentException e) {
            throw refuse(level - 1, e.getMessage());
        }
        out.string(name).raw(':');
    }

    private IllegalArgumentException refuse(int last, @Nullable String why) {
        StringBuilder message = new StringBuilder("attributes");
        if (last >= 0) {
            int start = names[size] + 1;
            int count = nameEnd - start - "':".length();
            message.append('.').append(new String(out.array(), start, count, StandardCharsets.UTF_8));
        }
        for (int i = 1; i <= last; i++) {
            Object step = path[i];
            message.append(step instanceof Integer ? "[" + step + "]" : "." + step);
        }
        return new IllegalArgumentException(message + ": " + why);
    }
}
