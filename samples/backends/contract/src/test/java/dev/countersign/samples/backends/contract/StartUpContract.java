package dev.countersign.samples.backends.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How every token back end starts: on its own, in a fresh directory. */
interface StartUpContract {
    String SECRET = "sis_the-secret-of-the-start-up-contract";

    BackEndUnderTest backEnd();

    @Test
    default void withoutAUsersFile_oneWithRandomPasswordsIsMadeForTheOwnerAlone(@TempDir Path fresh) throws Exception {
        Installation single = new Installation(backEnd(), fresh);
        single.environment("only", "hmac-v1", SECRET);
        try (BackEndProcess started = single.launch()) {
            Browser browser = new Browser(started.address(), new ArrayList<>());

            assertEquals(
                    "[OWNER_READ, OWNER_WRITE]",
                    new TreeSet<>(Files.getPosixFilePermissions(single.usersFile())).toString());
            Map<?, ?> user = backEnd().format().firstUser(Files.readString(single.usersFile()));
            String password = (String) user.get("password");
            assertTrue(password.length() >= 16, "too short to be unguessable");
            assertEquals(
                    200, browser.login((String) user.get("username"), password).status());
            Answer identity = browser.get("/identity");
            assertEquals(
                    "hmac_v1:" + RunningBackEnd.hex(SECRET, (String) user.get("userId")),
                    identity.string("identityToken"));
            assertFalse(started.output().contains(password), "the log holds a password");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "broken"})
    default void aRingThatCannotBeReadAtTheStart_stopsItByName(String what, @TempDir Path fresh) throws Exception {
        Installation unusable = new Installation(backEnd(), fresh);
        unusable.environment("only", "hmac-v1", SECRET);
        if (what.equals("missing")) {
            Files.delete(unusable.ringFile("only"));
        } else {
            Files.writeString(unusable.ringFile("only"), backEnd().format().tornRing(1, SECRET));
        }
        try (BackEndProcess started = unusable.launch()) {
            assertNotEquals(0, started.exitStatus());
            assertTrue(started.output().contains("only.ring"), started.output());
            assertFalse(started.output().contains(SECRET), "the log holds a secret");
        }
    }

    /** Ids are text. A number would be signed as whatever the platform prints for it: 42, 42.0, or nothing. */
    @Test
    @Tag("T18")
    default void anIdThatIsANumber_stopsTheStartByName(@TempDir Path fresh) throws Exception {
        Installation unusable = new Installation(backEnd(), fresh);
        unusable.environment("only", "hmac-v1", SECRET);
        unusable.user("ada", 42, null);
        try (BackEndProcess started = unusable.launch()) {
            assertNotEquals(0, started.exitStatus());
            assertTrue(started.output().contains("userId"), started.output());
            assertFalse(started.output().contains(Installation.passwordOf("ada")), "the log holds a password");
        }
    }
}
