package dev.countersign.server.key;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one environment at one moment: exactly one primary, at most five active keys, and the ids of the revoked
 * ones. An immutable snapshot, so a key id and its secret never come from two rings; thread-safe.
 */
public final class KeyRing {
    /** The most keys that may verify at a time: PENDING, PRIMARY and RETIRING count. */
    public static final int MAX_ACTIVE_KEYS = 5;

    private final long version;
    private final Map<String, SigningKey> byId;
    private final List<SigningKey> active;

    private KeyRing(long version, Map<String, SigningKey> byId) {
        this.version = version;
        this.byId = byId;
        // The primary first: it is the likeliest when a proof names no key.
        this.active = byId.values().stream()
                .filter(key -> key.status().verifies())
                .sorted(Comparator.comparing(key -> !key.status().signs()))
                .toList();
    }

    /**
     * A ring of these keys.
     *
     * @param version grows by one with each change; a holder of a ring refuses an older one
     * @throws IllegalArgumentException when the version is negative, an id repeats, there is not exactly one primary,
     *     or more than {@link #MAX_ACTIVE_KEYS} keys are active
     */
    public static KeyRing of(long version, Collection<SigningKey> keys) {
        if (version < 0) {
            throw new IllegalArgumentException("ring version is " + version + "; allowed are 0 and above");
        }
        Map<String, SigningKey> byId = new LinkedHashMap<>();
        for (SigningKey key : keys) {
            if (byId.put(key.id(), key) != null) {
                throw new IllegalArgumentException("key id " + key.id() + " stands in the ring twice; ids are unique");
            }
        }
        long primaries = keys.stream().filter(key -> key.status().signs()).count();
        if (primaries != 1) {
            throw new IllegalArgumentException("ring has " + primaries + " primary keys; allowed is exactly 1");
        }
        long active = keys.stream().filter(key -> key.status().verifies()).count();
        if (active > MAX_ACTIVE_KEYS) {
            throw new IllegalArgumentException(
                    "ring has " + active + " active keys; allowed are at most " + MAX_ACTIVE_KEYS);
        }
        return new KeyRing(version, byId);
    }

    /** Which state of the environment's keys this is: higher is newer. */
    public long version() {
        return version;
    }

    /** The key that signs. */
    public SigningKey primary() {
        return active.get(0);
    }

    /** The key of this id, whatever its status; null when the ring has none. */
    public @Nullable SigningKey find(String keyId) {
        return byId.get(keyId);
    }

    /** The keys that verify, the primary first; 1 to 5, unmodifiable. */
    public List<SigningKey> activeKeys() {
        return active;
    }

    /** All keys in the order given, revoked ones included; unmodifiable. */
    public List<SigningKey> keys() {
        return List.copyOf(byId.values());
    }

    /** Whether the other ring has this one's version and, to the letter, its keys. */
    boolean isSameAs(KeyRing other) {
        return MessageDigest.isEqual(KeyRingJson.format(this), KeyRingJson.format(other));
    }

    /** The next version of this ring, with one key put in the place of its namesake, or added. */
    KeyRing with(SigningKey... changed) {
        Map<String, SigningKey> keys = new LinkedHashMap<>(byId);
        for (SigningKey key : changed) {
            keys.put(key.id(), key);
        }
        return of(version + 1, new ArrayList<>(keys.values()));
    }

    /** Version, ids and statuses. */
    @Override
    public String toString() {
        return "KeyRing[version=" + version + ", keys=" + byId.values() + "]";
    }
}
