package dev.countersign.samples.collector;

import dev.countersign.samples.collector.runtime.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** What collectors under test store in. The tests of one class share one; another storage's module names its own. */
interface TestStorage extends AutoCloseable {

    /** Makes storages. */
    interface Kind {
        TestStorage open(Path directory);
    }

    static TestStorage open(Path directory) {
        return ServiceLoader.load(Kind.class)
                .findFirst()
                .orElse(SqliteTestStorage::new)
                .open(directory);
    }

    /** Starts a collector on a free port. */
    Collector start(Time time);

    /** Columns of an environment's stored events, by id, each row joined with spaces; waits for what is under way. */
    List<String> rows(TestEnvironment environment, String columns);

    /** Whether an answer tells repeats and conflicts; they are told later otherwise. */
    boolean answersRepeats();

    /** Returns when what was answered is stored. */
    void settle();

    /** When the collectors have ended. */
    @Override
    void close();
}
