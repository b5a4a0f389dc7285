package dev.countersign.server.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeySource;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every proof that is one edit away from a genuine one is refused: each character replaced by each other one of ASCII
 * and some beyond, left out, put in, and swapped with its neighbour. Exhaustive, so there is no chance in it.
 */
@Tag("R27")
class SingleChangeTest {
    private static final String ID = "u_123";
    private static final byte[] MAC = Forge.macOf(Forge.PRIMARY, ID);
    private static final String HEX_PROOF = HexFormat.of().formatHex(MAC);

    /** ASCII; then characters that fold, truncate or normalise to ASCII ones. */
    private static final String CHARACTERS = ascii() + "\u0080\u00A0\u00E9\u00FF\u0130\u0131\u0141\u017F\u0660\u2028"
            + "\u200B\u212A\uFEFF\uFF10\uFF21\uFF41\uD800\uDC00";

    @FunctionalInterface
    private interface Verification {
        void verify(String proof) throws VerificationException;
    }

    @Test
    void aHexProofWithOneEdit_isRefused() {
        assertOnlyThisPasses(HEX_PROOF, hmac(HmacFormat.HEX));
    }

    @Test
    void aBase64ProofWithOneEdit_isRefused() {
        assertOnlyThisPasses(Base64.getEncoder().encodeToString(MAC), hmac(HmacFormat.BASE64));
    }

    @Test
    void aV1ProofWithOneEdit_isRefused() {
        assertOnlyThisPasses("hmac_v1:" + HEX_PROOF, hmac(HmacFormat.HMAC_V1));
    }

    @Test
    void aTokenWithOneEdit_isRefused() {
        JwtVerifier verifier = Forge.verifier();
        String token = Forge.token(Forge.headerWith("\"kid\":\"primary\""), Forge.PAYLOAD);
        assertOnlyThisPasses(token, proof -> verifier.verify(proof, null));
    }

    @Test
    @Tag("R17")
    void anIdWithOneEdit_isRefused() {
        HmacVerifier verifier = HmacVerifier.create(HmacFormat.HEX, KeySource.of(Forge.ring()));
        assertOnlyThisPasses(ID, id -> verifier.verifyUser(id, HEX_PROOF, null));
    }

    private static Verification hmac(HmacFormat format) {
        HmacVerifier verifier = HmacVerifier.create(format, KeySource.of(Forge.ring()));
        return proof -> verifier.verifyUser(ID, proof, null);
    }

    private static void assertOnlyThisPasses(String genuine, Verification verification) {
        assertTrue(passes(genuine, verification), "the genuine proof");
        int tried = 0;
        for (int at = 0; at <= genuine.length(); at++) {
            String before = genuine.substring(0, at);
            for (int i = 0; i < CHARACTERS.length(); i++) {
                char other = CHARACTERS.charAt(i);
                tried += refuse(genuine, before + other + genuine.substring(at), verification);
                if (at < genuine.length()) {
                    tried += refuse(genuine, before + other + genuine.substring(at + 1), verification);
                }
            }
            if (at < genuine.length()) {
                tried += refuse(genuine, before + genuine.substring(at + 1), verification);
            }
            if (at + 1 < genuine.length()) {
                String swapped = before + genuine.charAt(at + 1) + genuine.charAt(at) + genuine.substring(at + 2);
                tried += refuse(genuine, swapped, verification);
            }
        }
        assertTrue(tried > genuine.length() * 2 * (CHARACTERS.length() - 1), "edits tried: " + tried);
    }

    private static int refuse(String genuine, String edited, Verification verification) {
        if (edited.equals(genuine)) {
            return 0;
        }
        if (passes(edited, verification)) {
            fail("accepted: " + edited);
        }
        return 1;
    }

    private static boolean passes(String proof, Verification verification) {
        try {
            verification.verify(proof);
            return true;
        } catch (VerificationException refusal) {
            assertEquals(0, refusal.getStackTrace().length);
            return false;
        }
    }

    private static String ascii() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 128; c++) {
            all.append(c);
        }
        return all.toString();
    }
}
