package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types the transcripts of this sample's README into one shell. */
class ReadmeTranscriptsTest extends CollectorTest {
    @Test
    @Tag("R58")
    void theTranscriptsAreTyped_theCollectorAnswersAsTheyShow(@TempDir Path directory) throws Exception {
        Stream.of("bash", "curl", "openssl", "jq").forEach(Programs::require);
        Transcript page = Transcript.whole(Path.of("README.md"));
        assertEquals(9, page.shown().size(), "answers on the page");
        page.assertHolds(directory, Map.of("C", collector.url(), "TOKEN", TestClient.ADMIN_TOKEN));
    }
}
