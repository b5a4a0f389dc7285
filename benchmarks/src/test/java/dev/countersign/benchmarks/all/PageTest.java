package dev.countersign.benchmarks.all;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page is made of the files of results alone. */
class PageTest {
    @TempDir
    Path directory;

    @Test
    void aSectionIsMeasuredAnew_itsFiguresTakeThePlaceOfTheOldOnes_andOthersStay() throws Exception {
        Results signing = Results.read(file("signing"));
        signing.add("FIGURE", "1", "HmacHexSign", "tink", "ns/op", "500");
        Results client = Results.read(file("client"));
        client.add("FIGURE", "1", "caller", "COUNTERSIGN", "median ns", "700");
        client.add("FIGURE", "1", "kept", "COUNTERSIGN", "kept", "444");
        client.add("FAILED", "1", "caller of a peer", "ended without a result");
        assertEquals(List.of("run 1, caller of a peer: ended without a result"), read().failures(17));
        assertTrue(page().contains("**Failed**: run 1, caller of a peer"));

        Results again = Results.read(file("client"));
        again.forget(List.of("caller"));
        again.add("FIGURE", "1", "caller", "COUNTERSIGN", "median ns", "800");

        String page = page();
        assertTrue(page.contains("| COUNTERSIGN | 800 | – | – |  |"), page);
        assertTrue(page.contains("| COUNTERSIGN | 444 |  |"), page);
        assertTrue(page.contains("| tink | 500 |"), page);
        assertFalse(page.contains("Failed"), page);
    }

    @Test
    void runsAreAdded_theCellHoldsMedianLeastAndMost_andThePictureTheMedian() throws Exception {
        Results results = Results.read(file("verifying"));
        results.add("ABOUT", "tink", "tink 1.2 & more", "");
        results.add("FIGURE", "4", "JwtVerify", "tink", "ns/op", "NaN");
        for (int run = 1; run <= 3; run++) {
            results.add("FIGURE", String.valueOf(run), "JwtVerify", "tink", "ns/op", String.valueOf(1000 * run * run));
        }
        assertEquals(4, Results.read(file("verifying")).lastRun());
        assertTrue(page().contains("| tink 1.2 & more | 4,000 (1,000–9,000) |"), page());

        Path picture = directory.resolve("images/benchmarks-jwt-verify.svg");
        var svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(picture.toFile());
        assertEquals(1, svg.getElementsByTagName("rect").getLength());
        assertTrue(Files.readString(picture).contains(">4,000<"));
    }

    @Test
    void whatWasRunASecondTime_hasItsRatiosAndVerdictsBesideTheFirst() throws Exception {
        Results.read(file("signing")).add("FIGURE", "1", "JwtSign", "tink", "÷ countersign", "2.5");
        Results.read(directory.resolve("results-second/signing-jdk17.tsv"))
                .add("FIGURE", "1", "JwtSign", "tink", "÷ countersign", "1.5");
        String page = page();
        assertTrue(page.contains("a second time, 0 of 1 verdicts are the same"), page);
        assertTrue(page.contains("| ≥ 2 | 2.50 | held | 1.50 | **missed** |"), page);
        assertTrue(page.contains("| tink | – | – | 2.50 | – | 1.50 |"), page);
    }

    private Path file(String section) {
        return directory.resolve("results").resolve(section + "-jdk17.tsv");
    }

    private Measured read() throws Exception {
        return Measured.read(directory.resolve("results"));
    }

    private String page() throws Exception {
        Path page = directory.resolve("page.md");
        Page.write(page, read(), Measured.read(directory.resolve("results-second")), false);
        return Files.readString(page);
    }
}
