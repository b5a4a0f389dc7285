package dev.countersign.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Whatever the modules use stands in docs/dependencies.md with a reason. */
class DependenciesTest {

    @Test
    void everyDependencyOfAModule_hasItsReason() throws Exception {
        Path root = Repository.root();
        String page = Files.readString(root.resolve("docs/dependencies.md"));
        Set<String> used = new TreeSet<>();
        for (Path pom : Repository.files(root, path -> path.endsWith("pom.xml"))) {
            Element project = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
            // The root manages versions only; what is used stands in the modules.
            if (!pom.getParent().equals(root)) {
                collect(project.getElementsByTagName("dependency"), used);
            }
            collect(project.getElementsByTagName("path"), used);
        }
        assertTrue(used.size() > 50, "dependencies: " + used.size());
        used.removeIf(name -> page.contains("| `" + name + "` |"));
        assertEquals(Set.of(), used, "without a row in docs/dependencies.md");
    }

    /** A module that is not left out would be published with the SDKs. */
    @Test
    void everyModuleButThePublishedOnes_isLeftOutOfADeploy() throws Exception {
        Path root = Repository.root();
        Set<String> published = new TreeSet<>();
        for (Path pom : Repository.files(root, path -> path.endsWith("pom.xml"))) {
            String text = Files.readString(pom);
            if (text.contains("countersign-parent</artifactId>")
                    && !text.contains("<maven.deploy.skip>true</maven.deploy.skip>")) {
                published.add(root.relativize(pom).toString());
            }
        }
        assertEquals(Set.of("pom.xml", "sdk-android/pom.xml", "sdk-server/pom.xml"), published);
    }

    private static void collect(NodeList elements, Set<String> used) {
        for (int i = 0; i < elements.getLength(); i++) {
            NodeList groups = ((Element) elements.item(i)).getElementsByTagName("groupId");
            if (groups.getLength() > 0 && !groups.item(0).getTextContent().equals("dev.countersign")) {
                String artifact = ((Element) elements.item(i))
                        .getElementsByTagName("artifactId")
                        .item(0)
                        .getTextContent();
                used.add(groups.item(0).getTextContent() + ":" + artifact);
            }
        }
    }
}
