package dev.countersign.samples.rotation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.rotation.account.ClientAccount;
import dev.countersign.samples.rotation.account.ForgerAccount;
import dev.countersign.samples.rotation.account.Outage;
import dev.countersign.samples.rotation.account.Phases.Phase;
import dev.countersign.samples.rotation.account.Refused;
import dev.countersign.samples.rotation.ledger.RotationResult;
import dev.countersign.samples.rotation.ledger.StoredEvent;
import dev.countersign.samples.rotation.report.ReportData.ClientLine;
import dev.countersign.samples.rotation.report.ReportData.EnvironmentKeys;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportTest {

    private final String page = Report.html(data());

    @Test
    void everyPlaceholder_isFilled() {
        assertFalse(page.contains("{{"), page);
    }

    @Test
    void thePage_showsTheVerdict_theClients_andTheForger() {
        assertTrue(page.contains("<h1>Rotation failed</h1>"));
        assertTrue(page.contains("ROTATION FAILED tracked=3 stored=2"));
        assertTrue(page.contains("<td>hex-spring</td>"));
        assertTrue(page.contains("<td>SIGNATURE_MISMATCH 1,200</td>"));
    }

    @Test
    void thePage_loadsNothing() {
        assertFalse(Pattern.compile("(src|href)=|@import|url\\(|https?:")
                .matcher(page)
                .find());
    }

    @Test
    void text_isShownAsText() {
        assertTrue(page.contains("roll out to &lt;b&gt;Spring&lt;/b&gt; &amp; wait"));
        assertFalse(page.contains("<b>"));
    }

    @Test
    void thePictures_areWellFormed_andHaveABarForEachSecondAndKey() throws Exception {
        List<String> pictures = Pattern.compile("<svg.*?</svg>")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .toList();
        assertEquals(2, pictures.size());
        for (String picture : pictures) {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(picture)));
        }
        assertTrue(pictures.get(0).contains("0 s: 3 K1 verified"));
        assertTrue(pictures.get(0).contains("2 s: 1 K2 verified"));
        assertTrue(pictures.get(0).contains("1 s: 5 refused"));
        assertTrue(pictures.get(0).contains("Rotation 1"));
    }

    @Test
    void aSecondFarBeyondTheOrdinary_isCutOff_andLabelled() {
        List<StoredEvent> rows = new ArrayList<>();
        for (int second = 0; second < 10; second++) {
            for (int i = 0; i < (second == 5 ? 1_000 : 20); i++) {
                rows.add(new StoredEvent("e", "track", "ada", "phone", i, "VERIFIED", "k1", second * 1_000L));
            }
        }
        String picture = Chart.small(new Timeline(0, 10_000, 1).addVerified(rows, Map.of("k1", 0)), "hmac-hex");

        assertTrue(picture.contains(">1000</text>"));
        assertTrue(picture.contains(">60</text>"), picture);
    }

    @Test
    void theAxis_endsAtAnEvenNumberAboveTheTallestBar() {
        assertEquals(2, Chart.niceCeiling(0));
        assertEquals(2, Chart.niceCeiling(2));
        assertEquals(60, Chart.niceCeiling(41));
        assertEquals(600, Chart.niceCeiling(480));
        assertEquals(1_000, Chart.niceCeiling(801));
    }

    private static ReportData data() {
        RotationResult result = new RotationResult(3, 2, 5, 1, 0, "STRICT", 1, 1_200, 0, List.of("1 events lost"));
        List<StoredEvent> rows = new ArrayList<>();
        for (long at : new long[] {10_100, 10_200, 10_900}) {
            rows.add(new StoredEvent("env_1", "track", "ada", "hex-spring", at, "VERIFIED", "k1", at));
        }
        rows.add(new StoredEvent("env_1", "track", "ada", "hex-spring", 9, "VERIFIED", "k2", 12_500));
        return new ReportData(
                result,
                true,
                10_000,
                14_000,
                List.of(
                        new Phase(0, "steady traffic", 10_000),
                        new Phase(1, "roll out to <b>Spring</b> & wait", 11_000),
                        new Phase(1, "promote", 12_000),
                        new Phase(0, "steady traffic", 13_000)),
                List.of(new Outage("hex-spring", 11_500, 12_900)),
                List.of(new Refused(11_100, 5)),
                List.of(new EnvironmentKeys("hmac-hex", "env_1", List.of("k1", "k2"))),
                List.of(new ClientLine(
                        "hex-spring",
                        "hmac-hex",
                        "Spring Boot",
                        "steady",
                        new ClientAccount(3, 2, Map.of("REVOKED_KEY", 5L), 0, 1))),
                new ForgerAccount(Map.of("RANDOM_HEX", Map.of("SIGNATURE_MISMATCH", 1_200L))),
                rows);
    }
}
