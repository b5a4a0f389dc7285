package dev.countersign.samples.recipes.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.server.key.KeySource;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a page's block of statements and runs it. */
public final class Snippets {
    private static final Pattern TEXTS = Pattern.compile("^String (\\w+) = ", Pattern.MULTILINE);

    private static final String CLASS = """
            import dev.countersign.samples.recipes.backend.*;
            import dev.countersign.samples.recipes.page.*;
            import dev.countersign.server.hmac.*;
            import dev.countersign.server.identity.*;
            import dev.countersign.server.jwt.*;
            import dev.countersign.server.key.*;
            import java.nio.file.Path;
            import java.time.Clock;
            import java.util.List;
            import java.util.Map;

            public class Snippet {
                public static List<String> run(%s Clock clock) throws Exception {
            %s
                    return List.of(%s);
                }
            }
            """;

    private Snippets() {}

    /** The logged-in user of the snippets. */
    public record User(String id, String email, String name) {}

    /** The company that the user acts for. */
    public record Company(String id) {}

    /** A snippet's parameters, next to the keys. */
    public record Session(User user, Company company) {}

    /** Whether it says itself where the keys come from. */
    static boolean makesKeys(String block) {
        return block.contains("KeySource keys =");
    }

    /** Compiles only: for a block whose files are not there. */
    static void compile(String block, Path classes) throws IOException {
        String source = makesKeys(block) ? CLASS.formatted("", block, "") : source(block);
        StringWriter problems = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(problems, null, null, options, null, List.of(file))
                .call();
        assertEquals(true, compiled, () -> problems + "\n" + block);
    }

    /** The values of the block's {@code String} variables, in their order. */
    static List<?> run(String block, KeySource keys, Session session, Clock clock, Path classes) throws Exception {
        compile(block, classes);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, Snippets.class.getClassLoader())) {
            return (List<?>) loader.loadClass("Snippet")
                    .getMethod("run", KeySource.class, User.class, Company.class, Clock.class)
                    .invoke(null, keys, session.user(), session.company(), clock);
        }
    }

    private static String source(String block) {
        List<String> names = TEXTS.matcher(block)
                .results()
                .map((MatchResult one) -> one.group(1))
                .toList();
        return CLASS.formatted(
                "KeySource keys, Snippets.User user, Snippets.Company company,", block, String.join(", ", names));
    }
}
