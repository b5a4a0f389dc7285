package dev.countersign.server.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Notes which keys make or verify proofs.
 * A note costs one look-up, for the newest key one comparison, and at most once between reports one write.
 */
final class KeyUse {
    private final Map<String, Mark> marks = new ConcurrentHashMap<>();
    private volatile @Nullable Mark newest;

    private static final class Mark {
        final String keyId;
        volatile boolean seen = true;

        Mark(String keyId) {
            this.keyId = keyId;
        }
    }

    /** Notes a use, and tells whether it is the key's first. */
    boolean note(String keyId) {
        Mark mark = newest;
        if (mark == null || !mark.keyId.equals(keyId)) {
            mark = marks.get(keyId);
        }
        if (mark == null) {
            Mark fresh = new Mark(keyId);
            boolean first = marks.putIfAbsent(keyId, fresh) == null;
            if (first) {
                newest = fresh;
            }
            return first;
        }
        if (!mark.seen) {
            mark.seen = true;
        }
        return false;
    }

    /** The keys used since this was last called. */
    List<String> takeSeen() {
        List<String> seen = new ArrayList<>();
        marks.forEach((keyId, mark) -> {
            if (mark.seen) {
                mark.seen = false;
                seen.add(keyId);
            }
        });
        return seen;
    }
}
