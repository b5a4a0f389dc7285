package dev.countersign.samples.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.rotation.ledger.RotationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {

    private static final RotationResult OK =
            new RotationResult(20_000, 20_000, 0, 0, 0, "STRICT", 3, 300, 0, List.of());

    @TempDir
    private Path target;

    @Test
    void anOkVerdict_isWritten_withItsMark() throws IOException {
        new ResultFiles(target).write(OK);
        assertEquals(OK.line() + "\n", Files.readString(target.resolve("rotation-result.txt")));
        assertTrue(Files.exists(target.resolve("rotation-ok")));
    }

    @Test
    void aRunThatIsCutShort_leavesAFailure_notTheFormerSuccess() throws IOException {
        new ResultFiles(target).write(OK);
        new ResultFiles(target);
        assertTrue(Files.readString(target.resolve("rotation-result.txt")).startsWith("ROTATION FAILED tracked=0 "));
        assertFalse(Files.exists(target.resolve("rotation-ok")));
    }
}
