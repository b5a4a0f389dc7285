package dev.countersign.samples.collector.traffic;

import dev.countersign.samples.collector.storage.Database;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the counts of {@link Traffic}, the latest included. Thread-safe; every method blocks for I/O. */
public final class TrafficReport {
    private static final Duration DAY = Duration.ofHours(24);

    private final Traffic traffic;
    private final Database database;
    private final Clock clock;

    /** Reports about traffic. */
    public TrafficReport(Traffic traffic, Database database, Clock clock) {
        this.traffic = traffic;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Events of the last 24 hours of one environment.
     *
     * @param verified how many were verified
     * @param other how many were not, and were not refused either
     * @param refused how many were refused
     * @param strict what STRICT refuses of them, or refused, the most frequent first
     */
    public record Day(long verified, long other, long refused, List<WouldBeRefused> strict) {
        /** How many STRICT refuses, or refused. */
        public long strictTotal() {
            return strict.stream().mapToLong(WouldBeRefused::count).sum();
        }

        /** All of them. */
        public long total() {
            return verified + other + refused;
        }
    }

    /**
     * Events that STRICT refuses.
     *
     * @param reason why
     * @param appVersion of which app version; empty where the events name none
     * @param count how many
     */
    public record WouldBeRefused(String reason, String appVersion, long count) {}

    /**
     * One step of the time line.
     *
     * @param start its start, in milliseconds since 1970
     * @param counts the events by fate, and for refused and failed ones by reason
     */
    public record Step(long start, Map<String, Long> counts) {}

    /**
     * How a key was used.
     *
     * @param accepted events stored for it, since it exists
     * @param lastUsedAt when a proof of it last held, in milliseconds since 1970; null when none has
     * @param proofsToday proofs of it that held in the last 24 hours
     */
    public record KeyUse(long accepted, @Nullable Long lastUsedAt, long proofsToday) {
        static final KeyUse NONE = new KeyUse(0, null, 0);
    }

    /** The last 24 hours of an environment. */
    public Day day(String environment) {
        traffic.tryFlush();
        long from = clock.millis() - DAY.toMillis();
        return database.read(sql -> {
            long verified = 0;
            long other = 0;
            long refused = 0;
            List<WouldBeRefused> strict = new ArrayList<>();
            ResultSet rows = sql.statement(
                            "SELECT fate, reason, app_version, sum(count) FROM traffic WHERE environment = ?"
                                    + " AND step > ? AND fate <> 'DUPLICATE' GROUP BY 1, 2, 3 ORDER BY 4 DESC",
                            environment,
                            from)
                    .executeQuery();
            while (rows.next()) {
                long count = rows.getLong(4);
                switch (Fate.valueOf(rows.getString(1))) {
                    case VERIFIED -> verified += count;
                    case REFUSED -> refused += count;
                    default -> other += count;
                }
                if (!rows.getString(2).isEmpty()) {
                    strict.add(new WouldBeRefused(rows.getString(2), rows.getString(3), count));
                }
            }
            return new Day(verified, other, refused, strict);
        });
    }

    /** The last 24 hours of an environment, step by step, without the steps in which nothing came. */
    public List<Step> timeline(String environment) {
        traffic.tryFlush();
        long from = clock.millis() - DAY.toMillis();
        return database.read(sql -> {
            Map<Long, Map<String, Long>> steps = new TreeMap<>();
            ResultSet rows = sql.statement(
                            "SELECT step, fate, CASE WHEN fate IN ('REFUSED', 'MARKED_FAILED') THEN reason ELSE '' END,"
                                    + " sum(count) FROM traffic WHERE environment = ? AND step > ? GROUP BY 1, 2, 3",
                            environment,
                            from)
                    .executeQuery();
            while (rows.next()) {
                String name = rows.getString(3).isEmpty() ? rows.getString(2) : rows.getString(3);
                steps.computeIfAbsent(rows.getLong(1), unseen -> new TreeMap<>())
                        .merge(name, rows.getLong(4), Long::sum);
            }
            return steps.entrySet().stream()
                    .map(step -> new Step(step.getKey(), step.getValue()))
                    .toList();
        });
    }

    /** How a key was used. */
    public KeyUse key(String keyId) {
        return keys(List.of(keyId)).getOrDefault(keyId, KeyUse.NONE);
    }

    /** How keys were used, by their ids. */
    public Map<String, KeyUse> keys(List<String> keyIds) {
        traffic.tryFlush();
        long from = clock.millis() - DAY.toMillis();
        return database.read(sql -> {
            Map<String, KeyUse> uses = new TreeMap<>();
            for (String keyId : keyIds) {
                ResultSet row = sql.statement(
                                "SELECT accepted, last_used_at, (SELECT coalesce(sum(proofs), 0) FROM key_traffic t"
                                        + " WHERE t.key_id = k.key_id AND step > ?) FROM key_total k WHERE key_id = ?",
                                from,
                                keyId)
                        .executeQuery();
                uses.put(
                        keyId,
                        row.next() ? new KeyUse(row.getLong(1), used(row.getLong(2)), row.getLong(3)) : KeyUse.NONE);
                row.close();
            }
            return uses;
        });
    }

    private static @Nullable Long used(long at) {
        return at == 0 ? null : Long.valueOf(at);
    }
}
