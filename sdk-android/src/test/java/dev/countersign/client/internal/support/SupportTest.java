package dev.countersign.client.internal.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupportTest {

    @Test
    void times_agreeWithTheJdksInBothDirections() {
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long millis = random.nextLong(-62_167_219_200_000L, 253_402_300_800_000L);
            JsonBytes out = new JsonBytes(1);
            Iso8601.write(out, millis);
            String expected = format.format(Instant.ofEpochMilli(millis));
            assertEquals(expected, text(out));
            assertEquals(millis, Iso8601.parse("t", expected));
        }
    }

    @Test
    void times_mayHaveNoOrManyDigitsOfASecond() {
        assertEquals(1_795_168_800_000L, Iso8601.parse("t", "2026-11-20T10:00:00Z"));
        assertEquals(1_795_168_800_120L, Iso8601.parse("t", "2026-11-20T10:00:00.12Z"));
        assertEquals(1_795_168_800_123L, Iso8601.parse("t", "2026-11-20T10:00:00.123456789Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-20",
                "2026-11-20T10:00:00",
                "2026-11-20T10:00:00+00:00",
                "2026-13-20T10:00:00Z",
                "2026-02-29T10:00:00Z",
                "2026-11-20T24:00:00Z",
                "2026-11-20T10:00:00.Z",
                "٢٠٢٦-11-20T10:00:00Z"
            })
    void whatIsNoTime_isRefusedByName(String text) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Iso8601.parse("expiresAt", text));
        assertTrue(e.getMessage().startsWith("expiresAt: "));
    }

    @Test
    void eventIds_areUuidsOfVersionSevenWithTheirTime() {
        Ids ids = new Ids(3, 4, new byte[] {5});
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            JsonBytes out = new JsonBytes(Ids.LENGTH);
            ids.writeEventId(out, 1_795_168_800_000L);
            String id = text(out);
            UUID uuid = UUID.fromString(id);
            assertEquals(id, uuid.toString());
            assertEquals(7, uuid.version());
            assertEquals(2, uuid.variant());
            assertEquals(1_795_168_800_000L, uuid.getMostSignificantBits() >>> 16);
            assertTrue(seen.add(id));
        }
    }

    @Test
    void anonymousIds_areRandomUuidsAndDifferFromClientToClient() {
        UUID one = UUID.fromString(Ids.secure().anonymousId());
        UUID two = UUID.fromString(Ids.secure().anonymousId());
        assertEquals(4, one.version());
        assertEquals(2, one.variant());
        assertTrue(!one.equals(two));
    }

    @Test
    void anInterruptedThread_getsIdsAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        Ids.secure();
        assertTrue(Thread.interrupted());
    }

    @Test
    void text_isWrittenAsValidUtf8Json() {
        String all = "plain \"quoted\" back\\slash \n\t\u0000\u007f é ł 漢 \ud83d\ude00 \ud800 end \udc00";
        String json = text(new JsonBytes(1).string(all));
        assertEquals(
                "\"plain \\\"quoted\\\" back\\\\slash \\u000a\\u0009\\u0000\u007f é ł 漢 \ud83d\ude00 \ufffd end \ufffd\"",
                json);
    }

    @Test
    void fractions_areWrittenWithAsFewDigitsAsNameThem() {
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            BigDecimal decimal = BigDecimal.valueOf(random.nextInt(3_000_000), random.nextInt(4));
            double value = decimal.doubleValue();
            BigDecimal shortest = decimal.stripTrailingZeros();
            String expected = shortest.setScale(Math.max(1, shortest.scale())).toPlainString();
            assertEquals(expected, text(new JsonBytes(1).number(value)));
            double any = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(any)) {
                assertEquals(Double.toString(any), text(new JsonBytes(1).number(any)));
            }
        }
        for (double value :
                new double[] {-0.0, 0.0, -42.5, 0.0005, 0.1 + 0.2, 2_147_483.647, 2_147_483.648, 1e300, 5e-324}) {
            assertEquals(Double.toString(value), text(new JsonBytes(1).number(value)));
        }
    }

    @Test
    void wholeNumbers_areWrittenToTheirBounds() {
        for (long value :
                new long[] {0, 9, 10, -1, Integer.MAX_VALUE, 1L + Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertEquals(Long.toString(value), text(new JsonBytes(1).number(value)));
        }
    }

    @Test
    @Tag("R37")
    void secrets_areRefused() {
        for (String secret : new String[] {"sk_live_x", "sis_x", " sis_x", "-----BEGIN PRIVATE KEY-----"}) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> Guard.notSecret("proof", secret));
            assertTrue(e.getMessage().contains("secret") && !e.getMessage().contains("live"));
        }
    }

    @Test
    @Tag("T35")
    void ids_haveOneTo256CodePointsOfValidUnicode() {
        String longest = "\ud83d\ude00".repeat(256);
        assertEquals(longest, Guard.id("userId", longest));
        refused("userId: 257 code points, allowed are 1 to 256", longest + "a");
        refused("userId: 0 code points, allowed are 1 to 256", "");
        refused("userId: null is not allowed", null);
        refused("userId: lone surrogate at index 1, allowed is valid Unicode", "a\ud800b");
        refused("userId: lone surrogate at index 0, allowed is valid Unicode", "\udc00");
        assertEquals(" É ", Guard.id("userId", " É "), "not trimmed, folded or normalised");
    }

    private static void refused(String message, String id) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Guard.id("userId", id));
        assertEquals(message, e.getMessage());
    }

    private static String text(JsonBytes out) {
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
}
