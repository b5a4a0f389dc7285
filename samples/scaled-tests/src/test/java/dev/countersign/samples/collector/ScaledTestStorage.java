package dev.countersign.samples.collector;

import dev.countersign.samples.collector.runtime.Time;
import dev.countersign.samples.collector.scaled.Engines;
import dev.countersign.samples.collector.scaled.ScaledSettings;
import dev.countersign.samples.collector.scaled.TestConsumer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** A topic with a consumer, and a database. */
final class ScaledTestStorage implements TestStorage {
    private static final String MASTER_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final ScaledSettings settings = Engines.shared().fresh("one");
    private final TestConsumer consumer = new TestConsumer(settings);

    /** For the service loader. */
    public static final class Kind implements TestStorage.Kind {
        @Override
        public TestStorage open(Path directory) {
            return new ScaledTestStorage();
        }
    }

    @Override
    public Collector start(Time time) {
        return start(settings, time);
    }

    /** Another instance on the same topic and database. */
    Collector start(String instance, Time time) {
        return start(
                new ScaledSettings(
                        settings.postgres(),
                        settings.user(),
                        settings.password(),
                        settings.kafka(),
                        settings.topic(),
                        settings.partitions(),
                        settings.replicas(),
                        instance),
                time);
    }

    private static Collector start(ScaledSettings scaled, Time time) {
        Settings settings = new Settings(
                Path.of("unused"), "127.0.0.1", 0, TestClient.ADMIN_TOKEN, MASTER_KEY, Duration.ofDays(90));
        return Collector.start(settings, time, scaled);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(settings.postgres(), settings.user(), settings.password());
    }

    @Override
    public List<String> rows(TestEnvironment environment, String columns) {
        settle();
        try (Connection connection = connect()) {
            return SqliteTestStorage.rows(connection, environment, columns);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean answersRepeats() {
        return false;
    }

    @Override
    public void settle() {
        consumer.awaitCaughtUp();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
