package dev.countersign.samples.collector;

import static dev.countersign.samples.collector.FaultsTest.await;

import dev.countersign.samples.collector.runtime.Time;
import dev.countersign.samples.collector.storage.SqliteDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A file. */
record SqliteTestStorage(Path directory) implements TestStorage {
    @Override
    public Collector start(Time time) {
        return Collector.start(
                new Settings(file(), "127.0.0.1", 0, TestClient.ADMIN_TOKEN, null, Duration.ofDays(30)), time);
    }

    @Override
    public CollectorProcess startProcess(Path output) throws IOException {
        return CollectorProcess.start(file(), 0, TestClient.ADMIN_TOKEN, output);
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
    public Held hold(Collector collector) {
        CountDownLatch disk = new CountDownLatch(1);
        var blocked = collector.bean(SqliteDatabase.class).write(0, sql -> await(disk));
        return () -> {
            disk.countDown();
            blocked.join();
        };
    }

    /** Nobody is told anything here. */
    @Override
    public void cutNews() {}

    @Override
    public String createTrigger(String name, String table, String statement) {
        return "CREATE TRIGGER " + name + " AFTER UPDATE ON " + table + " BEGIN " + statement + "; END";
    }

    @Override
    public String dropTrigger(String name, String table) {
        return "DROP TRIGGER IF EXISTS " + name;
    }

    /** Columns too: in a file, a value may be torn over two pages. */
    @Override
    public List<Kept> kept() {
        List<Kept> kept = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Stream<Path> files = Files.list(directory)) {
            kept.addAll(values(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'"));
            for (Path file :
                    files.filter(file -> !file.toString().endsWith(".master")).toList()) {
                kept.add(new Kept(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1)));
            }
            return kept;
        } catch (SQLException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String masterKey() {
        try {
            return Files.readString(Path.of(file() + ".master")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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

    /** Every value of every row of the tables that a query names; from any database. */
    static List<Kept> values(Connection connection, String tables) throws SQLException {
        List<Kept> values = new ArrayList<>();
        try (ResultSet table = connection.createStatement().executeQuery(tables)) {
            while (table.next()) {
                String name = table.getString(1);
                try (ResultSet row = connection.createStatement().executeQuery("SELECT * FROM \"" + name + "\"")) {
                    while (row.next()) {
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            byte[] value = row.getBytes(i);
                            values.add(new Kept(
                                    name + "." + row.getMetaData().getColumnName(i),
                                    value == null ? "" : new String(value, StandardCharsets.ISO_8859_1)));
                        }
                    }
                }
            }
        }
        return values;
    }
}
