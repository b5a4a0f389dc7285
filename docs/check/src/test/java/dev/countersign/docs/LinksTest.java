package dev.countersign.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksTest {
    @TempDir
    Path folder;

    @Test
    void everyLinkOfEveryPage_leadsSomewhere() {
        Links links = new Links(Repository.root());
        assertEquals("", String.join("\n", links.problems()));
        assertTrue(links.followed() > 50, "links followed: " + links.followed());
    }

    @Test
    void linksThatLeadNowhere_areNamed() throws IOException {
        Files.createDirectories(folder.resolve("docs/target"));
        Files.writeString(folder.resolve("docs/target/report.html"), "");
        Files.writeString(folder.resolve("docs/other.md"), "# It's *one* thing: `a_b`\n\n## Twice\n\n## Twice\n");
        Files.writeString(folder.resolve("docs/page.md"), """
                # Page
                [a](other.md) [b](other.md#its-one-thing-a_b) [c](#page) [d](other.md#twice-1) [e](../docs/)
                [f](https://example.com/x#y) <a href="other.md#twice">g</a> `[h](nowhere.md)`

                    [i](nowhere.md)

                | table |
                |---|
                | [j](gone.md) |

                [k](other.md#gone) ![l](gone.png) [m][ref] [n](../../out.md) [o](Other.md) [p](target/report.html)
                <img src="gone.svg"> [q](https:/one-slash)

                [ref]: gone/ref.md
                """);
        assertEquals(
                List.of(
                        "docs/page.md: gone.md: is not there",
                        "docs/page.md: other.md#gone: has no such heading",
                        "docs/page.md: gone.png: is not there",
                        "docs/page.md: gone/ref.md: is not there",
                        "docs/page.md: ../../out.md: leads out of the repository",
                        "docs/page.md: Other.md: is not there",
                        "docs/page.md: target/report.html: is there only after a build",
                        "docs/page.md: gone.svg: is not there",
                        "docs/page.md: https:/one-slash: no address"),
                new Links(folder).problems());
    }
}
