package dev.countersign.samples.backends.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The mistakes of the recipes that vendors publish, and what the contract says of them. */
class ProofsTest {
    private static final String SECRET = "sis_the-secret-of-the-mistakes";
    private static final String ID = "user-é";
    private static final byte[] MAC = Ring.hmacSha256(SECRET, ID);
    private static final String BASE64 = Base64.getEncoder().encodeToString(MAC);
    private static final String HEX = HexFormat.of().formatHex(MAC);

    @Test
    @Tag("T15")
    void theLineBreakOfRubysEncode64_isNamed() {
        assertNames("strict_encode64", BASE64, BASE64 + "\n", "base64");
    }

    @Test
    @Tag("T16")
    void pythonsBytes_areNamed() {
        assertNames("Python", BASE64, "b'" + BASE64 + "'", "base64");
    }

    @Test
    @Tag("T20")
    void swappedArguments_areNamed() {
        assertNames("swapped", HEX, HexFormat.of().formatHex(Ring.hmacSha256(ID, SECRET)), "hex");
    }

    @Test
    @Tag("T18")
    void anIdSignedAsJson_isNamed() {
        assertNames("quotes", HEX, HexFormat.of().formatHex(Ring.hmacSha256(SECRET, '"' + ID + '"')), "hex");
    }

    @Test
    void base64OfTheHex_isNoProof() {
        String twice = Base64.getEncoder().encodeToString(HEX.getBytes(StandardCharsets.US_ASCII));

        assertThrows(AssertionError.class, () -> Proofs.assertProof(BASE64, twice, "base64", SECRET, ID));
    }

    @Test
    void theRightProof_passes() {
        Proofs.assertProof(BASE64, BASE64, "base64", SECRET, ID);
    }

    private static void assertNames(String cause, String expected, String actual, String form) {
        AssertionError failure =
                assertThrows(AssertionError.class, () -> Proofs.assertProof(expected, actual, form, SECRET, ID));

        assertTrue(failure.getMessage().contains(cause), failure.getMessage());
    }
}
