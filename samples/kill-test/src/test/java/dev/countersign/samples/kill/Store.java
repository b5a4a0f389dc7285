package dev.countersign.samples.kill;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The collector's SQLite file, read directly: the verdict takes neither the client's word nor the collector's. */
record Store(Path file) {
    private static final String EVENTS = "SELECT json_extract(body, '$.userId') AS user,"
            + " coalesce(json_extract(body, '$.properties.n'), json_extract(body, '$.traits.n')) AS n,"
            + " json_extract(body, '$.properties.padding') AS padding, verdict FROM event WHERE environment = ?";

    /** A row, of event number {@code n}. */
    record Row(long n, String user, String padding, String verdict) {}

    /** Every row of the environment. */
    List<Row> read(String environment) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement query = connection.prepareStatement(EVENTS)) {
            query.setString(1, environment);
            List<Row> rows = new ArrayList<>();
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    rows.add(new Row(
                            found.getLong("n"),
                            found.getString("user"),
                            found.getString("padding"),
                            found.getString("verdict")));
                }
            }
            return rows;
        }
    }
}
