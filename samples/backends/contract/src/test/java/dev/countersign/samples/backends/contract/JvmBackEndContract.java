package dev.countersign.samples.backends.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the back ends on sdk-server do beyond the contract: metadata in the JWT, and their framework's health check. */
abstract class JvmBackEndContract extends BackEndContract {
    private final String healthCheck;

    /** @param healthCheck the path of the framework's own health check */
    JvmBackEndContract(BackEndUnderTest backEnd, String healthCheck) {
        super(backEnd);
        this.healthCheck = healthCheck;
    }

    @Test
    @Tag("R11")
    @Tag("R14")
    void aJwt_carriesTheUsersMetadataForAllToRead() throws Exception {
        Map<String, Object> claims =
                decoded(loggedIn("ada").identity("jwt").string("identityToken").split("\\.")[1]);

        assertEquals(Map.of("id", "u_123", "email", "ada@example.com", "role", "admin"), claims.get("visitor"));
        assertEquals(Map.of("id", "acme", "planLevel", "pro"), claims.get("account"));
    }

    @Test
    void aJwtOfAUserWithoutMetadata_saysNoMoreThanTheId() throws Exception {
        Map<String, Object> claims = decoded(
                loggedIn("grace").identity("jwt").string("identityToken").split("\\.")[1]);

        assertEquals(Map.of("id", "u_456"), claims.get("visitor"));
        assertFalse(claims.containsKey("account"), claims.toString());
    }

    @Test
    void theFrameworksHealthCheck_tellsHowTheRingsDo() throws Exception {
        Answer answer = browser().get(healthCheck);

        assertEquals(200, answer.status());
        assertEquals("UP", answer.string("status"));
        assertTrue(answer.body().contains("\"ringAgeSeconds\""), answer.body());
        assertFalse(answer.body().contains(installation.directory().toString()), "it names a path");
    }

    @Test
    void theFrameworksOtherEndpoints_areNotForAnybody() throws Exception {
        String base = healthCheck.substring(0, healthCheck.lastIndexOf('/'));
        for (String endpoint : new String[] {"/env", "/configprops", "/beans", "/heapdump", "/metrics", "/loggers"}) {
            int status = browser().get(base + endpoint).status();
            assertTrue(status == 401 || status == 404, endpoint + " answered " + status);
        }
    }
}
