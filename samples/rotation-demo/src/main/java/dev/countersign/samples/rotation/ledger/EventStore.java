package dev.countersign.samples.rotation.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The collector's event table, read directly: the verdict does not take the collector's word. */
public final class EventStore {

    private static final String EVERY_EVENT = "SELECT environment, type, verdict, key_id, received_at,"
            + " json_extract(body, '$.userId') AS user_id,"
            + " json_extract(body, '$.properties.client') AS client,"
            + " json_extract(body, '$.properties.n') AS n FROM event ORDER BY received_at";

    private static final String EVERY_EVENT_IN_POSTGRES = "SELECT environment, type, verdict, key_id, received_at,"
            + " body::json ->> 'userId' AS user_id, body::json -> 'properties' ->> 'client' AS client,"
            + " body::json -> 'properties' ->> 'n' AS n FROM event ORDER BY received_at";

    private EventStore() {}

    /** Every row of a SQLite file, oldest first. The collector should have ended. */
    public static List<StoredEvent> read(Path file) throws SQLException {
        return read("jdbc:sqlite:" + file, EVERY_EVENT);
    }

    /** Every row of a PostgreSQL database, oldest first; the URL holds what a login takes. */
    public static List<StoredEvent> readPostgres(String url) throws SQLException {
        return read(url, EVERY_EVENT_IN_POSTGRES);
    }

    private static List<StoredEvent> read(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
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
