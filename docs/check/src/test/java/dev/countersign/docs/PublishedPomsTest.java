package dev.countersign.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Whatever is published has in its POM what Maven Central asks for. {@code url} and {@code scm}, which only whoever publishes
 * knows, are asked for when something is signed.
 */
class PublishedPomsTest {
    private static final List<String> PUBLISHED =
            List.of("pom.xml", "sdk-server/pom.xml", "sdk-android/pom.xml", "sdk-server/bom/pom.xml");

    @Test
    void everyPublishedPom_hasItsNameAndDescription() throws Exception {
        Collection<String> texts = new ArrayList<>();
        for (String pom : PUBLISHED) {
            for (String member : List.of("name", "description")) {
                String text = text(project(pom), member);
                assertNotEquals("", text, pom + ": " + member);
                texts.add(text);
            }
        }
        assertEquals(2 * PUBLISHED.size(), texts.stream().distinct().count(), "each its own: " + texts);
    }

    /** The SDKs inherit these from the root; the BOM has no parent. */
    @Test
    void rootAndBom_haveLicenceAndDevelopers() throws Exception {
        for (String pom : List.of("pom.xml", "sdk-server/bom/pom.xml")) {
            assertEquals("Apache-2.0", text(project(pom), "licenses", "license", "name"), pom);
            assertNotEquals("", text(project(pom), "licenses", "license", "url"), pom);
            assertNotEquals("", text(project(pom), "developers", "developer", "name"), pom);
        }
    }

    @Test
    void theBom_saysTheSameAsTheRoot() throws Exception {
        for (String member : List.of("version", "url", "scm", "licenses", "developers")) {
            assertEquals(text(project("pom.xml"), member), text(project("sdk-server/bom/pom.xml"), member), member);
        }
    }

    private static Element project(String pom) throws Exception {
        Path file = Repository.root().resolve(pom);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
    }

    /** The text at this path of children, blanks as one; empty when there is none. */
    private static String text(Element project, String... path) {
        Node at = project;
        for (String name : path) {
            Node child = Objects.requireNonNull(at).getFirstChild();
            while (child != null && !child.getNodeName().equals(name)) {
                child = child.getNextSibling();
            }
            if (child == null) {
                return "";
            }
            at = child;
        }
        return at.getTextContent().replaceAll("\\s+", " ").trim();
    }
}
