package dev.countersign.samples.rotation.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks, from the store's rows, that every key was used and none after it was revoked. Thread-safe: no state. */
public final class KeyUsage {

    /** Rows are stamped and revocations answered by different processes. */
    private static final long TOLERANCE_MILLIS = 500;

    private KeyUsage() {}

    /**
     * What is wrong; empty if nothing is.
     *
     * @param keyIds every key that was primary at some time
     * @param revokedAt when keys were revoked, in milliseconds since 1970
     */
    public static List<String> faults(List<StoredEvent> rows, List<String> keyIds, Map<String, Long> revokedAt) {
        Map<String, Long> lastUse = new HashMap<>();
        rows.forEach(row -> {
            if (row.keyId() != null) {
                lastUse.merge(row.keyId(), row.receivedAt(), Math::max);
            }
        });
        List<String> faults = new ArrayList<>();
        for (String keyId : keyIds) {
            Long last = lastUse.get(keyId);
            Long revoked = revokedAt.get(keyId);
            if (last == null) {
                faults.add("key " + keyId + " proved no event");
            } else if (revoked != null && last > revoked + TOLERANCE_MILLIS) {
                faults.add("key " + keyId + " was accepted " + (last - revoked) + " ms after its revocation");
            }
        }
        return faults;
    }
}
