package dev.countersign.samples.collector;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A collector with a database file of its own for the tests of one class; each test makes its own environments. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CollectorTest {
    private Path directory;
    Collector collector;
    TestClient client;

    @BeforeAll
    void startCollector(@TempDir Path directory) {
        this.directory = directory;
        collector = Collector.start(
                new Settings(database(), "127.0.0.1", 0, TestClient.ADMIN_TOKEN, null, Duration.ofDays(90)));
        client = new TestClient(collector.url());
    }

    @AfterAll
    void stopCollector() {
        collector.close();
    }

    /** A collector of its own beside it. */
    Collector another() {
        try {
            Path file = java.nio.file.Files.createTempDirectory(directory, "another")
                    .resolve("c.sqlite");
            return Collector.start(
                    new Settings(file, "127.0.0.1", 0, TestClient.ADMIN_TOKEN, null, Duration.ofDays(90)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Path database() {
        return directory.resolve("collector.sqlite");
    }

    /** Columns of an environment's stored events, by owner and id, each row joined with spaces. */
    List<String> stored(TestEnvironment environment, String columns) {
        return rows(database(), environment, columns);
    }

    static List<String> rows(Path database, TestEnvironment environment, String columns) {
        String sql = "SELECT " + columns + " FROM event WHERE environment = '" + environment.id() + "' ORDER BY id";
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                ResultSet result = connection.createStatement().executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join(" ", row));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
