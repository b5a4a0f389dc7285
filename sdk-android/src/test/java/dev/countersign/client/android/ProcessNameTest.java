package dev.countersign.client.android;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcessNameTest {
    private static final String APP = "com.example.shop";

    @Test
    void theMainProcess_isMain() {
        assertEquals("main", ProcessName.folder(APP, APP));
    }

    @Test
    void otherProcesses_haveFoldersOfTheirOwn() {
        String sync = ProcessName.folder(APP + ":sync", APP);
        assertTrue(sync.matches("sync-[0-9a-f]{8}"), sync);
        assertNotEquals("main", ProcessName.folder("main", APP));
        assertNotEquals(ProcessName.folder(APP + ":a.b", APP), ProcessName.folder(APP + ":a_b", APP));
    }

    @Test
    void aLongOrOddName_isAFolderAllTheSame() {
        String folder = ProcessName.folder("../é/" + "x".repeat(300), null);
        assertTrue(folder.matches("[A-Za-z0-9_-]{40}-[0-9a-f]{8}"), folder);
    }
}
