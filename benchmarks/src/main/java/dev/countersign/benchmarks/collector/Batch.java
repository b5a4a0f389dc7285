package dev.countersign.benchmarks.collector;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A batch of 50 proven events of about 290 bytes, whose ids are written anew before each use. Not thread-safe. */
final class Batch {
    static final int EVENTS = 50;

    private static final AtomicLong NEXT = new AtomicLong();
    private static final long START = System.currentTimeMillis();
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String NO_ID = "00000000-0000-7000-8000-000000000000";

    private final byte[] json;
    private final int[] ids = new int[EVENTS];

    Batch(String secret, String keyId) {
        SigningKey key = SigningKey.of(keyId, Secret.of(secret), KeyStatus.PRIMARY);
        HmacSigner signer = HmacSigner.create(HmacFormat.HEX, KeySource.of(KeyRing.of(1, List.of(key))));
        StringBuilder text = new StringBuilder("{\"events\":[");
        for (int i = 0; i < EVENTS; i++) {
            String user = "user-" + (100_000 + i);
            text.append(i == 0 ? "" : ",").append("{\"id\":\"");
            ids[i] = text.length();
            text.append(NO_ID)
                    .append(
                            "\",\"type\":\"track\",\"name\":\"Invoice Paid\",\"timestamp\":\"2026-11-20T10:00:00.000Z\",")
                    .append("\"userId\":\"")
                    .append(user)
                    .append("\",\"identityToken\":\"")
                    .append(signer.signUser(user).value())
                    .append("\",\"signingKeyName\":\"")
                    .append(keyId)
                    .append("\",\"properties\":{\"amount\":42.5,\"currency\":\"EUR\"}}");
        }
        json = text.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The batch with ids that no other has. */
    byte[] next() {
        for (int at : ids) {
            long number = NEXT.incrementAndGet();
            long millis = START + number / 100; // In the order of time, as clients make them.
            hex(at, millis >>> 16, 8);
            hex(at + 9, millis, 4);
            hex(at + 15, number, 3);
            hex(at + 24, (number * 0x9E3779B97F4A7C15L) >>> 16, 12);
        }
        return json;
    }

    private void hex(int at, long value, int digits) {
        for (int i = 0; i < digits; i++) {
            json[at + i] = DIGITS[(int) (value >>> (4 * (digits - 1 - i))) & 15];
        }
    }
}
