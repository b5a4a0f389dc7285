package dev.countersign.server.internal;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A few members of an object, in their order: an array is smaller and quicker than a hash table. Unmodifiable. */
final class Members extends AbstractMap<String, @Nullable Object> {
    private @Nullable Object[] namesAndValues;
    private int end;

    /** A bit for each name's hash: most names that are looked for in vain end here. */
    private long hashes;

    Members(int expected) {
        namesAndValues = new @Nullable Object[2 * expected];
    }

    /** Adds a member, for whoever makes the object; false when the name is there already. */
    boolean add(String name, @Nullable Object value) {
        if (indexOf(name) >= 0) {
            return false;
        }
        if (end == namesAndValues.length) {
            namesAndValues = Arrays.copyOf(namesAndValues, 2 * end);
        }
        namesAndValues[end] = name;
        namesAndValues[end + 1] = value;
        end += 2;
        hashes |= 1L << name.hashCode();
        return true;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int index = indexOf(name);
        return index < 0 ? null : namesAndValues[index + 1];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return indexOf(name) >= 0;
    }

    @Override
    public int size() {
        return end / 2;
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return end / 2;
            }

            @Override
            public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
                return entries();
            }
        };
    }

    private Iterator<Map.Entry<String, @Nullable Object>> entries() {
        return new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < end;
            }

            @Override
            public Map.Entry<String, @Nullable Object> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                at += 2;
                return new SimpleImmutableEntry<>(String.valueOf(namesAndValues[at - 2]), namesAndValues[at - 1]);
            }
        };
    }

    private int indexOf(@Nullable Object name) {
        if (name == null || (hashes & (1L << name.hashCode())) == 0) {
            return -1;
        }
        // Names are constants most often, on both sides: comparing their contents is left for later.
        for (int i = 0; i < end; i += 2) {
            if (namesAndValues[i] == name) {
                return i;
            }
        }
        for (int i = 0; i < end; i += 2) {
            if (name.equals(namesAndValues[i])) {
                return i;
            }
        }
        return -1;
    }
}
