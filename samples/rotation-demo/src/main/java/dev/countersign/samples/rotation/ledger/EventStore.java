package dev.countersign.samples.rotation.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The collector's SQLite file, read directly: the verdict does not take the collector's word. */
public final class EventStore {

    private static final String EVERY_EVENT = "SELECT environment, type, verdict, key_id, received_at,"
            + " json_extract(body, '$.userId') AS user_id,"
            + " json_extract(body, '$.properties.client') AS client,"
            + " json_extract(body, '$.properties.n') AS n FROM event ORDER BY received_at";

    private EventStore() {}

    /** Every row, oldest first. The collector should have ended. */
    public static List<StoredEvent> read(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(EVERY_EVENT)) {
            List<StoredEvent> events = new ArrayList<>();
            while (rows.next()) {
                events.add(event(rows));
            }
            return events;
        }
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getString("environment"),
                row.getString("type"),
                row.getString("user_id"),
                row.getString("client"),
                row.getLong("n"),
                row.getString("verdict"),
                row.getString("key_id"),
                row.getLong("received_at"));
    }
}
