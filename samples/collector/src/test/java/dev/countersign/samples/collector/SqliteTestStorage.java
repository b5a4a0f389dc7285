package dev.countersign.samples.collector;

import dev.countersign.samples.collector.runtime.Time;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A file. */
record SqliteTestStorage(Path directory) implements TestStorage {
    @Override
    public Collector start(Time time) {
        return Collector.start(
                new Settings(file(), "127.0.0.1", 0, TestClient.ADMIN_TOKEN, null, Duration.ofDays(90)), time);
    }

    private Path file() {
        return directory.resolve("collector.sqlite");
    }

    @Override
    public List<String> rows(TestEnvironment environment, String columns) {
        return rows(file(), environment, columns);
    }

    @Override
    public boolean answersRepeats() {
        return true;
    }

    @Override
    public void settle() {}

    @Override
    public void close() {}

    static List<String> rows(Path file, TestEnvironment environment, String columns) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            return rows(connection, environment, columns);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** From any database. */
    static List<String> rows(Connection connection, TestEnvironment environment, String columns) throws SQLException {
        String sql = "SELECT " + columns + " FROM event WHERE environment = '" + environment.id() + "' ORDER BY id";
        List<String> rows = new ArrayList<>();
        try (ResultSet result = connection.createStatement().executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }
}
