package dev.countersign.server.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Notes which keys make or verify proofs. A note costs one look-up and, at most once between reports, one write. */
final class KeyUse {
    private final Map<String, Mark> marks = new ConcurrentHashMap<>();

    private static final class Mark {
        volatile boolean seen;
    }

    /** Notes a use, and tells whether it is the key's first. */
    boolean note(String keyId) {
        Mark mark = marks.get(keyId);
        if (mark == null) {
            Mark fresh = new Mark();
            fresh.seen = true;
            return marks.putIfAbsent(keyId, fresh) == null;
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
