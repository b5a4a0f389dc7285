package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Why a proof fails, for administrators. */
class DiagnosisTest extends CollectorTest {
    private TestEnvironment environment;
    private TestEnvironment.Key key;

    @BeforeEach
    void createEnvironment() {
        environment = client.environment("hmac-v1", "STRICT", "REJECT");
        key = environment.createKey();
    }

    private Answer ask(String id, String proof) {
        return client.post(environment.path("/diagnosis"), "{\"id\":\"" + id + "\",\"proof\":\"" + proof + "\"}");
    }

    @Test
    @Tag("R70")
    @Tag("T15")
    @Tag("T27")
    void theFirstMistakeThatExplainsAProof_isNamed() {
        assertEquals("VALID", ask("u_1", Proofs.v1(key.secret(), "u_1")).at("cause"));
        assertEquals(
                "PREFIX_MISSING", ask("u_1", Proofs.hex(key.secret(), "u_1")).at("cause"));
        assertEquals("TRIMMED_ID", ask("u_1 ", Proofs.v1(key.secret(), "u_1")).at("cause"));
        assertEquals(
                "WHITE_SPACE",
                ask("u_1", Proofs.v1(key.secret(), "u_1") + "\\n").at("cause"));
    }

    @Test
    @Tag("R71")
    void aRevokedKey_isNamed_asLongAsItsSecretIsKept() {
        TestEnvironment.Key second = environment.createKey();
        environment.promote(second);
        environment.revoke(key);

        Answer answer = ask("u_1", Proofs.v1(key.secret(), "u_1"));

        assertEquals("REVOKED_KEY", answer.at("cause"));
        assertTrue(answer.<String>at("advice").contains(key.id()), answer.text());
    }

    @Test
    @Tag("R35")
    void aKeyOfAnotherEnvironmentOfTheApplication_isNamed() {
        TestEnvironment staging = client.environment("{\"name\":\"staging\",\"form\":\"hmac-v1\",\"mode\":\"STRICT\"}");

        Answer answer = ask("u_1", Proofs.v1(staging.createKey().secret(), "u_1"));

        assertEquals("OTHER_ENVIRONMENT", answer.at("cause"));
        assertTrue(answer.<String>at("advice").contains("staging"), answer.text());
    }

    @Test
    void aDiagnosis_isAudited_withoutTheProof_andNeverInAnIngestAnswer() {
        String proof = Proofs.hex(key.secret(), "u_77");
        ask("u_77", proof);

        String log = client.get("/admin/audit").text();
        Answer refused = client.event(environment, Events.track(Events.id(), Events.user("u_77", proof)));

        assertTrue(log.contains("\"action\":\"proof.diagnose\",\"subject\":\"" + environment.id()), log);
        assertFalse(log.contains(proof) || log.contains("u_77"));
        assertFalse(refused.text().contains("prefix"), refused.text());
    }

    @Test
    void tooManyDiagnoses_areTurnedAway() {
        try (Collector fresh = another()) {
            TestEnvironment there = new TestClient(fresh.url()).environment("hmac-v1", "STRICT", "REJECT");
            there.createKey();
            for (int i = 0; i < 30; i++) {
                assertEquals(
                        200,
                        there.client()
                                .post(there.path("/diagnosis"), "{\"id\":\"u\",\"proof\":\"x\"}")
                                .status());
            }

            assertEquals(
                    429,
                    there.client()
                            .post(there.path("/diagnosis"), "{\"id\":\"u\",\"proof\":\"x\"}")
                            .status());
        }
    }
}
