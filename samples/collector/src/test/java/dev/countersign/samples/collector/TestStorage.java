package dev.countersign.samples.collector;

import dev.countersign.samples.collector.runtime.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** What collectors under test store in. The tests of one class share one; another storage's module names its own. */
interface TestStorage extends AutoCloseable {

    /** Makes storages. */
    interface Kind {
        TestStorage open(Path directory);
    }

    /** Something that is kept, in Latin-1, and where. */
    record Kept(String where, String content) {}

    /** Storing that is held up, until it is let go. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    static TestStorage open(Path directory) {
        return ServiceLoader.load(Kind.class)
                .findFirst()
                .orElse(SqliteTestStorage::new)
                .open(directory);
    }

    /** Starts a collector on a free port, which keeps events for 30 days. */
    Collector start(Time time);

    /** Starts a collector as a process of its own, which prints to a file. */
    CollectorProcess startProcess(Path output) throws IOException;

    /** Columns of an environment's stored events, by id, each row joined with spaces; waits for what is under way. */
    List<String> rows(TestEnvironment environment, String columns);

    /** Whether an answer tells repeats and conflicts; they are told later otherwise. */
    boolean answersRepeats();

    /** Returns when what was answered is stored. */
    void settle();

    /** Holds up the storing of events: a request waits, for ten seconds at least, until it is let go. */
    Held hold(Collector collector);

    /** From now on no collector is told of what another one, or nobody, has changed. */
    void cutNews();

    /** The SQL that makes a trigger, which runs a statement after each update of a table. */
    String createTrigger(String name, String table, String statement);

    /** The SQL that removes it, where it is there. */
    String dropTrigger(String name, String table);

    /** All that is kept anywhere, but the master key: every value of every row, and every file or record. */
    List<Kept> kept();

    /** The key that encrypts secrets, as text. */
    String masterKey();

    /** When the collectors have ended. */
    @Override
    void close();
}
