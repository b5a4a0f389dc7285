package dev.countersign.samples.collector.ingest;

import java.security.SecureRandom;
import java.util.UUID;

/** Makes UUIDv7 (RFC 9562) for events of clients that send no id. Thread-safe. */
final class EventIds {
    private final SecureRandom random = new SecureRandom();

    /** A new id of a time in milliseconds since 1970. */
    String next(long millis) {
        long high = millis << 16 | 0x7000 | random.nextInt(1 << 12);
        long low = random.nextLong() >>> 2 | 1L << 63;
        return new UUID(high, low).toString();
    }
}
