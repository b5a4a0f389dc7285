package dev.countersign.samples.backends.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a back end does when its ring could not be read for so long that a key of it may have been revoked. */
interface StaleRingContract {
    BackEndUnderTest backEnd();

    @Test
    default void aRingThatNothingConfirms_isNotSignedWithUntilItIsThereAgain(@TempDir Path directory) throws Exception {
        Installation installation = new Installation(backEnd(), directory);
        installation.user("ada", "u_123", "acme");
        installation.environment("only", "hmac-hex", RunningBackEnd.OLD_SECRET);
        installation.set("only", "MAX_STALE", "2s");
        try (BackEndProcess running = installation.launch()) {
            Browser ada = new Browser(running.address(), new ArrayList<>());
            ada.login("ada", Installation.passwordOf("ada"));
            assertEquals(200, ada.get("/identity").status());

            Files.delete(installation.ringFile("only"));
            RunningBackEnd.await(() -> ada.get("/identity").status() == 503);

            Answer refused = ada.get("/identity");
            assertEquals("KEYS_UNAVAILABLE", refused.errorCode());
            assertFalse(refused.body().contains("identityToken"), refused.body());
            Answer health = ada.get("/health");
            assertEquals(503, health.status());
            assertEquals("DOWN", health.string("status"));
            Map<?, ?> only = (Map<?, ?>) ((Map<?, ?>) health.json().get("environments")).get("only");
            assertEquals(null, only.get("ringVersion"));
            assertEquals(null, only.get("primary"));

            installation.ring("only", 2, Ring.key("k2", "primary", RunningBackEnd.NEW_SECRET));
            RunningBackEnd.await(() -> ada.get("/identity").status() == 200);
            assertEquals(
                    RunningBackEnd.hex(RunningBackEnd.NEW_SECRET, "u_123"),
                    ada.get("/identity").string("identityToken"));
        }
    }
}
