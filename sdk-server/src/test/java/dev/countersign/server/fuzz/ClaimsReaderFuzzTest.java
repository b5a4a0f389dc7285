package dev.countersign.server.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.server.hostile.Forge;
import dev.countersign.server.internal.JsonException;
import dev.countersign.server.internal.JsonReader;
import dev.countersign.server.internal.JsonWriter;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the claims reader against Jackson and Moshi: whatever it accepts both accept, with the same values; and its
 * writer writes what it reads as the same.
 */
class ClaimsReaderFuzzTest {
    private static final Fuzzed FUZZED = new Fuzzed();

    static Stream<byte[]> seeds() {
        return Stream.of(
                        Forge.PAYLOAD,
                        "{}",
                        " { \"a\" : [ ] , \"b\" : { } } ",
                        "{\"n\":[0,-0,1,-1,1.5,-2e3,1E+2,1e-400,9223372036854775807,-9223372036854775808,18446744073709551616]}",
                        "{\"t\":[true,false,null],\"s\":\"\\u00e9\\ud83d\\udd11\\b\\f\\n\\r\\t\\\\\\/\\\"\"}",
                        "{\"\":\"\u00E9\u20AC\uD83D\uDD11\"}",
                        "{\"a\":[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]}")
                .map(json -> json.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @DictionaryEntries({
        "{\"a\":",
        "[[",
        "]]",
        "\\u0061",
        "\\ud83d\\udd11",
        "true",
        "false",
        "null",
        "1e308",
        "-0",
        "//",
        "/*"
    })
    @FuzzTest(maxDuration = "10s")
    void whateverIsRead_bothPeersReadTheSame(byte[] input) throws Exception {
        FUZZED.executed();
        Map<String, Object> ours;
        try {
            ours = JsonReader.readObject(input);
        } catch (JsonException refusal) {
            return;
        }
        FUZZED.accepted();
        assertPeersAgree(input, ours);
        byte[] written = new JsonWriter(16).value(ours, JsonReader.MAX_DEPTH).toByteArray();
        assertEquals(ours, JsonReader.readObject(written));
    }

    private static void assertPeersAgree(byte[] input, Map<String, Object> ours) throws IOException {
        Peers.assertSame(Peers.jackson(input), ours);
        if (!hasLongNumber(input)) {
            Peers.assertSame(Peers.moshi(input), ours);
        }
    }

    /** Moshi 1.15.2 refuses integers whose first digits are 2^64, taking the overflow for a leading zero. */
    private static boolean hasLongNumber(byte[] input) {
        int digits = 0;
        for (int i = 0; i < input.length && digits < 20; i++) {
            digits = input[i] >= '0' && input[i] <= '9' ? digits + 1 : 0;
        }
        return digits == 20;
    }

    @AfterAll
    static void fuzzed() {
        FUZZED.assertFuzzed("claims reader");
    }
}
