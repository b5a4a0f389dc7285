package dev.countersign.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What came of a test.
 *
 * @param passed how many passed; a method with parameters counts for each
 * @param failure the first failure in one line, or empty
 */
record SurefireReport(int passed, String failure) {
    private static final int LONGEST = 160;

    static void deleteAll(Path reports, String type) throws IOException {
        for (Path report : of(reports, type)) {
            Files.delete(report);
        }
    }

    /** @param method empty for all of the class */
    static SurefireReport read(Path reports, String type, String method) throws IOException {
        int passed = 0;
        String failure = "";
        for (Path report : of(reports, type)) {
            NodeList cases = parse(report).getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                if (!test.getAttribute("name").startsWith(method)) {
                    continue;
                }
                String failed = first(test, "failure") + first(test, "error");
                failure = failure.isEmpty() ? failed : failure;
                boolean skipped = test.getElementsByTagName("skipped").getLength() > 0;
                passed += failed.isEmpty() && !skipped ? 1 : 0;
            }
        }
        return new SurefireReport(passed, failure);
    }

    private static String first(Element test, String name) {
        NodeList found = test.getElementsByTagName(name);
        if (found.getLength() == 0) {
            return "";
        }
        Element failure = (Element) found.item(0);
        String message = failure.getAttribute("message");
        String text = (message.isBlank() ? failure.getAttribute("type") : message)
                .strip()
                .replaceAll("\\s+", " ")
                .replaceAll("(sis_|hmac_v1:)[A-Za-z0-9_-]+", "$1…")
                .replace('`', '\'');
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static List<Path> of(Path reports, String type) throws IOException {
        if (!Files.isDirectory(reports)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(reports)) {
            return files.filter(file -> file.getFileName().toString().endsWith("." + type + ".xml"))
                    .toList();
        }
    }

    private static Element parse(Path report) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("not a report: " + report, e);
        }
    }
}
