package dev.countersign.samples.android;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The Java and the Kotlin of docs/quickstart-android.md, through their compilers as they stand. */
public class QuickstartSnippetsTest {
    private static final Path PAGE = Path.of("../../docs/quickstart-android.md");
    private static final Pattern BLOCK = Pattern.compile("```(java|kotlin)\n(import .*?)```", Pattern.DOTALL);
    private static final Pattern CLASS_NAME = Pattern.compile("^(?:public )?class (\\w+)", Pattern.MULTILINE);

    @Rule
    public final TemporaryFolder directory = new TemporaryFolder();

    @Test
    public void theKotlinOfTheQuickstart_compiles() throws IOException {
        List<String> blocks = blocks("kotlin");
        assertEquals("blocks of Kotlin", 2, blocks.size());
        for (String block : blocks) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            ExitCode end = new K2JVMCompiler()
                    .exec(
                            new PrintStream(said, true, UTF_8),
                            "-no-stdlib",
                            "-no-reflect",
                            "-classpath",
                            System.getProperty("java.class.path"),
                            "-d",
                            directory.newFolder().toString(),
                            source("Page.kt", block).toString());
            assertEquals(said.toString(UTF_8), ExitCode.OK, end);
        }
    }

    @Test
    public void theJavaOfTheQuickstart_compiles() throws IOException {
        List<String> blocks = blocks("java");
        assertEquals("blocks of Java", 2, blocks.size());
        for (String block : blocks) {
            String name = CLASS_NAME
                    .matcher(block)
                    .results()
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElseThrow();
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
                            directory.newFolder().toString(),
                            source(name + ".java", block).toString());
            assertEquals(said.toString(UTF_8), 0, end);
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .filter((MatchResult block) -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private Path source(String name, String text) throws IOException {
        return Files.writeString(directory.getRoot().toPath().resolve(name), text);
    }
}
