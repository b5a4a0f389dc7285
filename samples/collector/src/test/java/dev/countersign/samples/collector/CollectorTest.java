package dev.countersign.samples.collector;

import dev.countersign.samples.collector.runtime.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A collector with a storage of its own for the tests of one class; each test makes its own environments. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CollectorTest {
    private Path directory;
    private final List<TestStorage> others = new ArrayList<>();
    TestStorage storage;
    Collector collector;
    TestClient client;

    @BeforeAll
    void startCollector(@TempDir Path directory) {
        this.directory = directory;
        storage = TestStorage.open(directory);
        collector = storage.start(Time.ofSystem());
        client = new TestClient(collector.url());
    }

    @AfterAll
    void stopCollector() {
        collector.close();
        storage.close();
        others.forEach(TestStorage::close);
    }

    /** A collector of its own beside it. */
    Collector another() {
        try {
            TestStorage other = TestStorage.open(Files.createTempDirectory(directory, "another"));
            others.add(other);
            return other.start(Time.ofSystem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Columns of an environment's stored events, by owner and id, each row joined with spaces. */
    List<String> stored(TestEnvironment environment, String columns) {
        return storage.rows(environment, columns);
    }
}
