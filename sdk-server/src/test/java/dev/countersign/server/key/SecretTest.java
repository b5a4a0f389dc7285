package dev.countersign.server.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTest {
    private static final String REST = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '~',
            value = {
                "-----BEGIN PRIVATE KEY-----|secret is a PEM block; allowed is the bare text of a shared secret",
                "v1,|secret starts with \"v1,\"; leave that prefix out",
                " |secret has white space around it",
                "\uFEFF|secret has white space around it"
            })
    void theTextIsNotABareSecret_itIsRefusedWithTheReason(String start, String message) {
        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> Secret.of(start + REST));
        assertEquals(message, problem.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Secret.ofShort(start + REST));
    }

    @Test
    void theTextIsQuotedOrEndsInALineBreakOrHasALoneSurrogate_itIsRefused() {
        for (String text : new String[] {
            "\"" + REST + "\"", "'" + REST + "'", REST + "\n", "\u00A0" + REST, REST + "\u200B", REST + "\uD83D"
        }) {
            IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> Secret.of(text));
            assertFalse(problem.getMessage().contains("0123"), problem.getMessage());
        }
    }

    @Test
    void theTextHas15Bytes_itIsRefusedUnlessShortOnesAreAskedFor() {
        IllegalArgumentException problem =
                assertThrows(IllegalArgumentException.class, () -> Secret.of("0123456789abcde"));
        assertTrue(
                problem.getMessage().startsWith("secret has 15 bytes; allowed are 16 or more"), problem.getMessage());
        Secret.of("0123456789abcdef");
        Secret.ofShort("x");
        assertThrows(IllegalArgumentException.class, () -> Secret.ofShort(""));
    }

    @Test
    @Tag("R37")
    void generatedTexts_carryThePrefixAnd256FreshBits() {
        String text = Secret.generateText();
        assertTrue(text.matches("sis_[A-Za-z0-9_-]{43}"));
        assertNotEquals(text, Secret.generateText());
    }

    @Test
    @Tag("R67")
    void toString_isRedacted() {
        assertEquals("Secret[redacted]", Secret.of(REST).toString());
    }
}
