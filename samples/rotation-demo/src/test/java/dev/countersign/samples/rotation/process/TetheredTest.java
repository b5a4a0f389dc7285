package dev.countersign.samples.rotation.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TetheredTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path logs;

    /** A program that never ends by itself. */
    static final class Stubborn {
        public static void main(String[] args) throws InterruptedException {
            System.out.println("child " + ProcessHandle.current().pid() + " " + String.join(",", args));
            new CountDownLatch(1).await();
        }
    }

    /** A driver: starts one child as the demo does, says its process id, and never ends by itself. */
    static final class Driver {
        public static void main(String[] args) throws Exception {
            ChildProcess child = start(Path.of(args[0]), new CopyOnWriteArrayList<>());
            child.awaitReady(Duration.ofSeconds(30));
            System.out.println(child.pid());
            new CountDownLatch(1).await();
        }
    }

    /** A parent of a driver: hands on its output, and never ends by itself. */
    static final class Maven {
        public static void main(String[] args) throws Exception {
            java(TetheredDriver.class, args[0]).inheritIO().start();
            new CountDownLatch(1).await();
        }
    }

    /** A driver that ends with its parent. */
    static final class TetheredDriver {
        public static void main(String[] args) throws Exception {
            ParentTether.exitWithParent();
            Driver.main(args);
        }
    }

    @Test
    void aChild_endsWhenItsParentIsKilled() throws Exception {
        assertChildEndsWith(java(Driver.class, logs.toString()));
    }

    @Test
    void aChild_endsWhenTheParentOfItsParentIsKilled() throws Exception {
        assertChildEndsWith(java(Maven.class, logs.toString()));
    }

    private static void assertChildEndsWith(ProcessBuilder command) throws Exception {
        Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            assertTrue(child.isAlive());
            process.destroyForcibly();
            child.onExit().get(30, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
    }

    private static ProcessBuilder java(Class<?> main, String argument) {
        return new ProcessBuilder(JAVA, "-cp", System.getProperty("java.class.path"), main.getName(), argument);
    }

    @Test
    void aChild_runsTheWrappedProgram_andEndsWhenItIsAskedTo() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (ChildProcess child = start(logs, lines)) {
            assertEquals("child " + child.pid() + " one,two", child.awaitReady(Duration.ofSeconds(30)));
            assertEquals(1, lines.size());
            child.askToEnd();
            child.awaitEnd(Duration.ofSeconds(10));
        }
    }

    @Test
    void aProgramThatEndsBeforeItIsReady_isNamedWithItsLog() throws Exception {
        JavaProgram broken = JavaProgram.ofMain("broken", Tethered.class).argument("no.such.Main");
        try (ChildProcess child = ChildProcess.start(broken, logs, "never", line -> {})) {
            IOException failure = assertThrows(IOException.class, () -> child.awaitReady(Duration.ofSeconds(30)));
            assertEquals("broken ended before it was ready: see " + logs.resolve("broken.log"), failure.getMessage());
        }
    }

    @Test
    void aMissingJar_isNamed() {
        IOException failure =
                assertThrows(IOException.class, () -> JavaProgram.ofJar("collector", logs.resolve("collector.jar")));
        assertTrue(failure.getMessage().startsWith("collector: there is no "), failure.getMessage());
    }

    @Test
    void aJar_isRunByItsMainClass_besideTheTether() throws Exception {
        Path jar = logs.resolve("program.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "com.example.Main");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();

        List<String> command = JavaProgram.ofJar("program", jar).heap(64).command();

        assertEquals(
                List.of(Tethered.class.getName(), "com.example.Main"),
                command.subList(command.size() - 2, command.size()));
        assertTrue(command.contains("-Xmx64m"));
    }

    private static ChildProcess start(Path logs, List<String> lines) throws IOException {
        JavaProgram program = JavaProgram.ofMain("stubborn", Tethered.class)
                .heap(32)
                .argument(Stubborn.class.getName())
                .argument("one")
                .argument("two");
        return ChildProcess.start(program, logs, "child ", lines::add);
    }
}
