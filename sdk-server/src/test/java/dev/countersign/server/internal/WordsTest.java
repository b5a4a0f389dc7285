package dev.countersign.server.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final int MAC_BYTES = 32;

    private final Random random = new Random(20_261_121);

    @Test
    void eachByteValueAtEachPlace_endsPlainTextAsRfc8259Says() {
        for (int length = 1; length <= 20; length++) {
            for (int place = 0; place < length; place++) {
                for (int value = 0; value < 256; value++) {
                    byte[] text = plain(length);
                    text[place] = (byte) value;
                    boolean ends = value < 0x20 || value == '"' || value == '\\' || value >= 0x80;
                    assertEquals(ends ? place : length, Words.endOfPlain(text, 0), place + " of " + length);
                }
            }
        }
    }

    @Test
    void randomBytes_endPlainTextWhereOneByteAfterTheOtherSays() {
        byte[] bytes = new byte[64];
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(bytes);
            int from = random.nextInt(bytes.length + 1);
            int end = from;
            while (end < bytes.length && bytes[end] >= 0x20 && bytes[end] != '"' && bytes[end] != '\\') {
                end++;
            }
            assertEquals(end, Words.endOfPlain(bytes, from));
        }
    }

    @Test
    void macs_areTheSameOnlyWhenEveryBitIs() {
        byte[] mac = new byte[MAC_BYTES];
        random.nextBytes(mac);
        assertTrue(Words.areSameMac(mac, mac.clone()));
        for (int bit = 0; bit < 8 * MAC_BYTES; bit++) {
            byte[] other = mac.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(Words.areSameMac(mac, other), "bit " + bit);
        }
    }

    @Test
    void macsOfOtherLengths_areNotTheSame() {
        byte[] mac = new byte[MAC_BYTES];
        for (int length : new int[] {0, 31, 33, 64}) {
            assertFalse(Words.areSameMac(mac, Arrays.copyOf(mac, length)));
            assertFalse(Words.areSameMac(Arrays.copyOf(mac, length), mac));
            assertFalse(Words.areSameMac(Arrays.copyOf(mac, length), Arrays.copyOf(mac, length)));
        }
    }

    private byte[] plain(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) (random.nextBoolean() ? 'a' + random.nextInt(26) : ' ');
        }
        return text;
    }
}
