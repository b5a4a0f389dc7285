package dev.countersign.samples.backends.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The beans of docs/quickstart-backend.md, compiled as they stand. */
class QuickstartSnippetTest {
    private static final Path PAGE = Path.of("../../../docs/quickstart-backend.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path classes;

    @Test
    void theBeansOfTheQuickstart_compile() throws IOException {
        List<String> beans = JAVA.matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("org.springframework"))
                .toList();
        assertEquals(1, beans.size(), "blocks for Spring");
        Path file = Files.writeString(classes.resolve("Beans.java"), beans.get(0));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int end = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "-proc:none",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        file.toString());
        assertEquals(0, end, said.toString(UTF_8));
    }
}
