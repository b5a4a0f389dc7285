package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HMAC proofs that are nearly right: refused over HTTP, and named by the diagnosis. */
class HmacContractTest extends CollectorTest {
    private TestEnvironment environment;
    private String secret;

    private void create(String form) {
        environment = client.environment(form, "STRICT", "REJECT");
        secret = environment.createKey().secret();
    }

    private String verdict(String userId, String proof) {
        Answer answer = client.event(environment, Events.track(Events.id(), Events.user(userId, proof)));
        return answer.status() == 200 ? "accepted" : answer.at("error", "reason");
    }

    private String diagnosis(String userId, String proof) {
        Answer answer =
                client.post(environment.path("/diagnosis"), "{\"id\":\"" + userId + "\",\"proof\":\"" + proof + "\"}");
        return answer.at("cause");
    }

    @Test
    @Tag("R27")
    @Tag("T15")
    @Tag("T16")
    void aProofInAnotherSpelling_isRefused_andTheDiagnosisNamesIt() {
        create("hmac-hex");
        String hex = Proofs.hex(secret, "u_1");
        assertRefusedAs("UPPER_CASE_HEX", hex.toUpperCase(Locale.ROOT));
        assertRefusedAs("WHITE_SPACE", hex + "\\n");
        assertRefusedAs("PYTHON_BYTES", "b'" + hex + "'");
        assertRefusedAs("BASE64_FOR_HEX", Proofs.base64(secret, "u_1"));
        assertRefusedAs("PREFIX_NOT_EXPECTED", "hmac_v1:" + hex);

        create("hmac-base64");
        String base64 = "";
        String id = "";
        for (int i = 0; !base64.contains("+"); i++) { // One that has a + to lose.
            id = "u_" + i;
            base64 = Proofs.base64(secret, id);
        }
        for (String wrong : List.of(base64.replace("=", ""), base64.replace('+', '-'), base64.replace('+', ' '))) {
            assertEquals("MALFORMED", verdict(id, wrong), wrong);
        }
        assertEquals("SPACE_FOR_PLUS", diagnosis(id, base64.replace('+', ' ')));
        assertEquals("BASE64_VARIANT", diagnosis(id, base64.replace("=", "")));
        assertEquals("accepted", verdict(id, base64));
    }

    private void assertRefusedAs(String cause, String proof) {
        String verdict = verdict("u_1", proof);
        assertEquals("MALFORMED", verdict, cause);
        assertEquals(cause, diagnosis("u_1", proof));
    }

    @Test
    @Tag("R26")
    void aProofThatIsWrongInOneDigit_orOneDigitLonger_isRefused_whereverItDiffers() {
        create("hmac-v1");
        String proof = Proofs.v1(secret, "u_1");
        for (int i = "hmac_v1:".length(); i < proof.length(); i++) {
            char other = proof.charAt(i) == '0' ? '1' : '0';
            assertEquals("SIGNATURE_MISMATCH", verdict("u_1", proof.substring(0, i) + other + proof.substring(i + 1)));
        }
        for (String wrong : List.of(proof + "0", proof.substring(0, proof.length() - 1), "hmac_v1:")) {
            assertEquals("MALFORMED", verdict("u_1", wrong));
        }
        assertEquals("accepted", verdict("u_1", proof));
    }

    @Test
    @Tag("T19")
    @Tag("R17")
    void anIdIsItsBytes_composedAndDecomposedAreTwo_andTheDiagnosisSaysWhichWasSigned() {
        create("hmac-hex");
        String composed = "jos\u00e9";
        String decomposed = "jose\u0301";

        assertEquals("accepted", verdict(composed, Proofs.hex(secret, composed)));
        assertEquals("accepted", verdict(decomposed, Proofs.hex(secret, decomposed)));
        assertEquals("SIGNATURE_MISMATCH", verdict(composed, Proofs.hex(secret, decomposed)));
        assertEquals("NFD_ID", diagnosis(composed, Proofs.hex(secret, decomposed)));
        assertEquals("NFC_ID", diagnosis(decomposed, Proofs.hex(secret, composed)));
        assertEquals("SIGNATURE_MISMATCH", verdict("JOS\u00c9", Proofs.hex(secret, composed)));
        assertEquals(2, stored(environment, "id").size());
    }

    @Test
    @Tag("T18")
    void anIntegerId_isRefusedAsANumber_andTakenAsItsDecimalText() {
        create("hmac-hex");
        String proof = Proofs.hex(secret, "42");

        Answer number = client.event(
                environment, Events.track(Events.id(), "\"userId\":42", Events.text("identityToken", proof)));

        assertEquals(400, number.status());
        assertEquals("ID_NOT_STRING", number.at("error", "reason"));
        assertEquals("accepted", verdict("42", proof));
        assertEquals("SIGNATURE_MISMATCH", verdict("042", proof));
    }

    @Test
    @Tag("T33")
    @Tag("T20")
    void theKeyIsTheSecretsText_andTheDiagnosisNamesADecodedOne_andSwappedArguments() {
        create("hmac-hex");
        String decoded = Proofs.hexOfKey(Base64.getUrlDecoder().decode(secret.substring("sis_".length())), "u_1");
        String swapped = Proofs.hex("u_1", secret);

        assertEquals("accepted", verdict("u_1", Proofs.hex(secret, "u_1")));
        assertEquals("SIGNATURE_MISMATCH", verdict("u_1", decoded));
        assertEquals("SECRET_BASE64_DECODED", diagnosis("u_1", decoded));
        assertEquals("SIGNATURE_MISMATCH", verdict("u_1", swapped));
        assertEquals("SWAPPED_ARGUMENTS", diagnosis("u_1", swapped));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "admin", "8d3f2c1e-7b6a-4f50-9e1d-2c3b4a596877"})
    @Tag("R57")
    void anIdThatIsHardToGuess_isNoProof(String userId) {
        create("hmac-hex");

        Answer answer = client.event(environment, Events.track(Events.id(), Events.user(userId)));

        assertEquals("MISSING", answer.at("error", "reason"));
    }

    @Test
    @Tag("T31")
    void aDiagnosis_isNoSigningOracle() {
        create("hmac-hex");
        for (String wrong : List.of("00".repeat(32), "", "x", Proofs.hex(secret, "u_2"))) {
            Answer answer = client.post(environment.path("/diagnosis"), "{\"id\":\"u_1\",\"proof\":\"" + wrong + "\"}");
            assertFalse(answer.text().contains(Proofs.hex(secret, "u_1")), answer.text());
            assertFalse(answer.text().contains(Proofs.base64(secret, "u_1")), answer.text());
        }
    }
}
