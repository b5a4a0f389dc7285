package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import okhttp3.OkHttp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guards the profile okhttp5 against testing OkHttp 4 once more. */
@Tag("okhttp5")
class OkHttp5Test {

    @Test
    void theTestsOfThisProfile_runOnOkHttp5() throws Exception {
        // By reflection: the compiler would write the constant of OkHttp 4 here.
        String version = (String) OkHttp.class.getField("VERSION").get(null);
        assertTrue(version.startsWith("5."), version);
    }
}
