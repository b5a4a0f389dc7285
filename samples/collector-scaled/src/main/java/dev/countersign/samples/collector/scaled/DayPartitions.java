package dev.countersign.samples.collector.scaled;

import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.SqlConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The partitions of the event table: one for each day (UTC) of the time that ids begin with. Thread-safe; every method
 * blocks for I/O.
 *
 * <p>Days are made ahead and dropped whole. Ids of no such day lie in {@code event_apart} until they are past their
 * retention, or until their day is made: then they move there, so an id is always in one place only.
 */
final class DayPartitions {
    /** An event waits this long in a client at most, and clocks differ: its id may be so much older than its arrival. */
    static final Duration LATE = Duration.ofDays(8);
    /** Days made ahead. */
    private static final int AHEAD = 2;

    private static final String PREFIX = "event_day_";
    private static final DateTimeFormatter NAME = DateTimeFormatter.BASIC_ISO_DATE;

    private final Database database;

    DayPartitions(Database database) {
        this.database = database;
    }

    /** Makes the days around a time where they are missing. */
    void make(long now) {
        LocalDate today = day(now);
        List<LocalDate> wanted = today.minusDays(LATE.toDays())
                .datesUntil(today.plusDays(AHEAD + 1L))
                .toList();
        List<LocalDate> there = database.read(DayPartitions::days);
        for (LocalDate day : wanted) {
            if (!there.contains(day)) {
                database.writeAndWait(sql -> make(sql, day));
            }
        }
    }

    private static boolean make(SqlConnection sql, LocalDate day) throws SQLException {
        if (days(sql).contains(day)) {
            return false; // Another process was faster.
        }
        String name = PREFIX + NAME.format(day);
        String from = "'" + first(day) + "'";
        String to = "'" + first(day.plusDays(1)) + "'";
        sql.statement("LOCK TABLE event IN ACCESS EXCLUSIVE MODE").execute();
        sql.statement("CREATE TABLE " + name + " (LIKE event INCLUDING ALL)").execute();
        sql.statement("WITH moved AS (DELETE FROM event_apart WHERE id >= " + from + " AND id < " + to
                        + " RETURNING *) INSERT INTO " + name + " SELECT * FROM moved")
                .execute();
        return sql.statement("ALTER TABLE event ATTACH PARTITION " + name + " FOR VALUES FROM (" + from + ") TO (" + to
                        + ")")
                .execute();
    }

    /**
     * Drops the days that hold nothing which arrived later, and deletes what lies apart.
     *
     * @return how many lay apart
     */
    long dropBefore(long receivedBefore) {
        LocalDate oldest = day(receivedBefore).minusDays(LATE.toDays());
        for (LocalDate day : database.read(DayPartitions::days)) {
            if (day.isBefore(oldest)) {
                database.writeAndWait(sql -> sql.statement("DROP TABLE IF EXISTS " + PREFIX + NAME.format(day))
                        .execute());
            }
        }
        return database.writeAndWait(
                sql -> sql.statement("DELETE FROM event_apart WHERE received_at < ?", receivedBefore)
                        .executeUpdate());
    }

    private static List<LocalDate> days(SqlConnection sql) throws SQLException {
        List<LocalDate> days = new ArrayList<>();
        ResultSet rows = sql.statement("SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                        + " WHERE i.inhparent = 'event'::regclass AND c.relname LIKE 'event\\_day\\_%'")
                .executeQuery();
        while (rows.next()) {
            days.add(LocalDate.parse(rows.getString(1).substring(PREFIX.length()), NAME));
        }
        return days;
    }

    private static LocalDate day(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    /** The lowest id of a day. */
    private static UUID first(LocalDate day) {
        return new UUID(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() << 16, 0);
    }
}
