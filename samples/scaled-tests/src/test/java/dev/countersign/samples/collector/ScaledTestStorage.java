package dev.countersign.samples.collector;

import dev.countersign.samples.collector.runtime.Time;
import dev.countersign.samples.collector.scaled.Engines;
import dev.countersign.samples.collector.scaled.ScaledSettings;
import dev.countersign.samples.collector.scaled.TestConsumer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A topic with a consumer, and a database. */
final class ScaledTestStorage implements TestStorage {
    private static final String MASTER_KEY =
            Base64.getEncoder().encodeToString("thirty-two bytes, as AES-256 has".getBytes(StandardCharsets.US_ASCII));

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
        return start("one", time);
    }

    /** Another instance on the same topic and database. */
    Collector start(String instance, Time time) {
        Settings own = new Settings(
                Path.of("unused"), "127.0.0.1", 0, TestClient.ADMIN_TOKEN, MASTER_KEY, Duration.ofDays(30));
        return Collector.start(own, time, Engines.ofInstance(settings, instance));
    }

    @Override
    public CollectorProcess startProcess(Path output) throws IOException {
        return CollectorProcess.start(
                Engines.environment(settings, "process", 0, TestClient.ADMIN_TOKEN, MASTER_KEY),
                output,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC");
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

    /** The broker stands still. */
    @Override
    public Held hold(Collector collector) {
        return Engines.shared().pauseBroker()::close;
    }

    /** Changes are numbered, and nobody is told. */
    @Override
    public void cutNews() {
        try (Connection connection = connect()) {
            connection
                    .createStatement()
                    .execute("CREATE OR REPLACE FUNCTION tell_change(what text) RETURNS void LANGUAGE sql AS"
                            + " 'UPDATE change SET number = number + 1'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String createTrigger(String name, String table, String statement) {
        return "CREATE OR REPLACE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + statement
                + "; RETURN NULL; END $$; CREATE TRIGGER " + name + " AFTER UPDATE ON " + table
                + " FOR EACH ROW EXECUTE FUNCTION " + name + "()";
    }

    @Override
    public String dropTrigger(String name, String table) {
        return "DROP TRIGGER IF EXISTS " + name + " ON " + table;
    }

    @Override
    public List<Kept> kept() {
        try (Connection connection = connect()) {
            List<Kept> kept = new ArrayList<>(SqliteTestStorage.values(
                    connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"));
            consumer.records().forEach(bytes -> kept.add(new Kept("topic", text(bytes))));
            return kept;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String masterKey() {
        return MASTER_KEY;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
