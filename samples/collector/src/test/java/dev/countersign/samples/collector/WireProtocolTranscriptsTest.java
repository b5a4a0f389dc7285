package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types the transcripts of docs/wire-protocol.md into one shell and compares what it prints with what they show. */
class WireProtocolTranscriptsTest extends CollectorTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "wire-protocol.md");

    @Test
    @Tag("R58")
    @Tag("R60")
    @Tag("R65")
    @Tag("R88")
    void theTranscriptsAreTyped_theCollectorAnswersAsTheyShow(@TempDir Path directory) throws Exception {
        List.of("bash", "curl", "openssl").forEach(Programs::require);
        Transcript page = Transcript.whole(PAGE);
        assertTrue(page.shown().size() >= 7, "the page shows answers");
        if (!storage.answersRepeats()) {
            page = page.showing("\"accepted\":0,\"duplicates\":1", "\"accepted\":1,\"duplicates\":0");
        }
        page.assertHolds(directory, Map.of("COLLECTOR", collector.url(), "ADMIN", TestClient.ADMIN_TOKEN));
    }
}
