package dev.countersign.samples.android;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The Kotlin of this sample's README.md, and the Java beside it, through their compilers. */
public class KotlinSnippetsTest {
    private static final Pattern FUNCTIONS = Pattern.compile("```kotlin\n(suspend fun .*?)```", Pattern.DOTALL);
    private static final Pattern CALLS =
            Pattern.compile("^\\| ([^|]+) \\| (`[^|]+`) \\| (`[^|]+`) \\|$", Pattern.MULTILINE);

    private static final String KOTLIN = """
            import android.app.Application
            import android.util.Log
            import dev.countersign.client.Countersign
            import dev.countersign.client.android.CountersignAndroid
            import dev.countersign.client.delivery.*
            import dev.countersign.client.event.Attributes
            import dev.countersign.client.identity.*
            import java.util.concurrent.TimeUnit
            import kotlin.coroutines.resume
            import kotlin.time.Duration
            import kotlinx.coroutines.Dispatchers
            import kotlinx.coroutines.suspendCancellableCoroutine
            import kotlinx.coroutines.withContext

            class BackEnd { fun proof(): IssuedProof? = null }
            class Login(val proof: String)

            class App(val backEnd: BackEnd, val login: Login, val userId: String) : Application() {
                private lateinit var countersign: Countersign

            %s
            }

            %s
            """;

    private static final String JAVA = """
            import android.app.Application;
            import android.util.Log;
            import dev.countersign.client.Countersign;
            import dev.countersign.client.android.CountersignAndroid;
            import dev.countersign.client.delivery.*;
            import dev.countersign.client.event.Attributes;
            import dev.countersign.client.identity.*;

            abstract class App extends Application {
                interface BackEnd { IssuedProof proof(); }
                interface Login { String proof(); }
                BackEnd backEnd;
                Login login;
                String userId;
                Countersign countersign;

            %s
            }
            """;

    @Rule
    public final TemporaryFolder directory = new TemporaryFolder();

    @Test
    public void theKotlinOfTheReadme_compiles() throws IOException {
        Matcher functions = FUNCTIONS.matcher(readme());
        assertTrue("the page shows functions", functions.find());
        Path file = source("App.kt", KOTLIN.formatted(rows(2, "fun row%d() {%n%s%n}"), functions.group(1)));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ExitCode end = new K2JVMCompiler()
                .exec(
                        new PrintStream(said, true, UTF_8),
                        "-no-stdlib",
                        "-no-reflect",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        directory.getRoot().toString(),
                        file.toString());
        assertEquals(said.toString(UTF_8), ExitCode.OK, end);
    }

    @Test
    public void theJavaOfTheReadme_compiles() throws IOException {
        Path file = source("App.java", JAVA.formatted(rows(3, "void row%d() {%n%s%n}")));
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
                        directory.getRoot().toString(),
                        file.toString());
        assertEquals(said.toString(UTF_8), 0, end);
    }

    /** A function for each row of the table of calls; an ellipsis in one stands for the app's own code. */
    private static String rows(int column, String function) throws IOException {
        List<String> calls = CALLS.matcher(readme())
                .results()
                .map(row -> Stream.of(row.group(column).split("<br>"))
                        .map(line -> line.replaceAll("^`|`$", ""))
                        .collect(Collectors.joining("\n"))
                        .replace("outcome -> … }", "outcome -> }")
                        .replace("outcome -> …)", "outcome -> {})"))
                .toList();
        assertEquals("calls on the page", 8, calls.size());
        return IntStream.range(0, calls.size())
                .mapToObj(i -> function.formatted(i, calls.get(i)))
                .collect(Collectors.joining("\n\n"));
    }

    private Path source(String name, String text) throws IOException {
        return Files.writeString(directory.getRoot().toPath().resolve(name), text);
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
