package dev.countersign.client.android;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.testkit.SentEvent;
import dev.countersign.client.testkit.TestCollector;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An app in the background, offline, online and killed, each on Robolectric in a process of its own. */
@Timeout(120)
class ProcessDeathTest {
    private final TestCollector collector = new TestCollector();

    @TempDir
    File storage;

    @AfterEach
    void close() {
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 35})
    @Tag("R82")
    void anAppThatWasOfflineAndKilled_deliversEveryEventOnce(int sdk) throws Exception {
        assertTrue(run(sdk, "killed", AppProcess.KILLED).contains(AppProcess.KILLED_TOLD));
        run(sdk, "afterwards", 0);
        List<String> expected = Stream.of(
                        Stream.of((String) null), // the identify
                        names("visible", 3),
                        names("visible again", 3),
                        names("offline", 20),
                        names("before the end", 5),
                        Stream.of("afterwards"))
                .flatMap(names -> names)
                .toList();
        assertEquals(expected, collector.storedNames());
        assertEquals(33, collector.sent().size(), "each is sent once");
        Set<String> users = new HashSet<>();
        collector.stored().stream().map(SentEvent::userId).forEach(users::add);
        assertEquals(Set.of(AppProcess.USER), users, "the second process knows who uses the app");
    }

    private static Stream<String> names(String name, int events) {
        return IntStream.range(0, events).mapToObj(i -> name + " " + i);
    }

    private String run(int sdk, String step, int expectedExit) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-Dapp.step=" + step,
                "-Dapp.storage=" + storage,
                "-Dapp.collector=" + collector.url(),
                "-Drobolectric.enabledSdks=" + sdk));
        for (String property : List.of("robolectric.offline", "robolectric.dependency.dir")) {
            command.add("-D" + property + "=" + System.getProperty(property));
        }
        command.add("org.junit.runner.JUnitCore");
        command.add(AppProcess.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(expectedExit, process.exitValue(), output);
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
