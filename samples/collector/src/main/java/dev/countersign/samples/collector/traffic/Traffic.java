package dev.countersign.samples.collector.traffic;

import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.SqlConnection;
import dev.countersign.samples.collector.storage.StorageException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts what came in, in steps of five minutes, and keeps the counts in the database. Thread-safe; counting does no
 * I/O, {@link #flush} does.
 *
 * <p>Counts lie in memory for some seconds: what a kill loses is statistics, never events.
 */
public final class Traffic {
    /** One step of the counts. */
    public static final Duration STEP = Duration.ofMinutes(5);
    /** How long counts are kept. */
    public static final Duration KEPT = Duration.ofDays(8);

    /** Clients choose their versions: where there are more than this, the rest is counted together. */
    private static final int MAX_CELLS = 5_000;

    private static final int MAX_VERSION_LENGTH = 40;

    private static final System.Logger LOG = System.getLogger(Traffic.class.getName());

    private final Database database;
    private final Clock clock;
    private final Map<Cell, AtomicLong> events = new ConcurrentHashMap<>();
    private final Map<KeyCell, KeyUse> keys = new ConcurrentHashMap<>();

    private record Cell(String environment, long step, Fate fate, String reason, String appVersion) {}

    private record KeyCell(String keyId, long step) {}

    private static final class KeyUse {
        final AtomicLong proofs = new AtomicLong();
        final AtomicLong accepted = new AtomicLong();
        volatile long lastUsedAt;
    }

    private record Count(Cell cell, long count) {}

    private record KeyCount(KeyCell cell, long proofs, long accepted, long lastUsedAt) {}

    /** Creates the tables where they are missing. */
    public Traffic(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        TrafficTable.create(database);
    }

    /** The start of the step that a time belongs to; both in milliseconds since 1970. */
    public static long stepOf(long at) {
        return at - Math.floorMod(at, STEP.toMillis());
    }

    /**
     * Counts events.
     *
     * @param at when they arrived, in milliseconds since 1970
     * @param reason why they are refused, or would be in STRICT; null for none
     * @param appVersion as the events say; null for none
     * @param number how many they are
     */
    public void count(
            String environment, long at, Fate fate, @Nullable String reason, @Nullable String appVersion, int number) {
        String version = appVersion == null || appVersion.length() > MAX_VERSION_LENGTH ? "" : appVersion;
        String why = reason == null ? "" : reason;
        Cell cell = new Cell(environment, stepOf(at), fate, why, version);
        AtomicLong count = events.get(cell);
        if (count == null) {
            if (events.size() >= MAX_CELLS) {
                cell = new Cell(environment, stepOf(at), fate, why, "");
            }
            count = events.computeIfAbsent(cell, unseen -> new AtomicLong());
        }
        count.addAndGet(number);
    }

    /** Counts proofs that held, whatever became of their events. */
    public void countProofs(String keyId, long at, int number) {
        KeyUse use = use(keyId, at);
        use.proofs.addAndGet(number);
        use.lastUsedAt = at;
    }

    /** Counts events that are stored, for a key that a proof of each was made with. */
    public void countAccepted(String keyId, long at, int number) {
        use(keyId, at).accepted.addAndGet(number);
    }

    private KeyUse use(String keyId, long at) {
        return keys.computeIfAbsent(new KeyCell(keyId, stepOf(at)), unseen -> new KeyUse());
    }

    /** Writes the counts to the database, and drops those that are too old there. */
    public synchronized void flush() {
        List<Count> counts = new ArrayList<>();
        List<KeyCount> keyCounts = new ArrayList<>();
        long current = stepOf(clock.millis());
        take(current, counts, keyCounts);
        try {
            database.writeAndWait(sql -> write(sql, counts, keyCounts, current - KEPT.toMillis()));
        } catch (RuntimeException e) {
            giveBack(counts, keyCounts);
            throw e;
        }
    }

    /** Like {@link #flush}, for readers: where the database cannot be written, what it holds must do. */
    void tryFlush() {
        try {
            flush();
        } catch (StorageException e) {
            LOG.log(System.Logger.Level.WARNING, "the latest counts cannot be written: {0}", e.getMessage());
        }
    }

    private void take(long current, List<Count> counts, List<KeyCount> keyCounts) {
        events.forEach((cell, count) -> {
            long taken = count.getAndSet(0);
            if (taken > 0) {
                counts.add(new Count(cell, taken));
            } else if (cell.step < current - STEP.toMillis()) {
                events.remove(cell); // Nobody counts into a step that has been over for so long.
            }
        });
        keys.forEach((cell, use) -> {
            long proofs = use.proofs.getAndSet(0);
            long accepted = use.accepted.getAndSet(0);
            if (proofs > 0 || accepted > 0) {
                keyCounts.add(new KeyCount(cell, proofs, accepted, use.lastUsedAt));
            } else if (cell.step < current - STEP.toMillis()) {
                keys.remove(cell);
            }
        });
    }

    private void giveBack(List<Count> counts, List<KeyCount> keyCounts) {
        counts.forEach(count ->
                events.computeIfAbsent(count.cell, unseen -> new AtomicLong()).addAndGet(count.count));
        for (KeyCount count : keyCounts) {
            KeyUse use = keys.computeIfAbsent(count.cell, unseen -> new KeyUse());
            use.proofs.addAndGet(count.proofs);
            use.accepted.addAndGet(count.accepted);
        }
    }

    private static boolean write(SqlConnection sql, List<Count> counts, List<KeyCount> keyCounts, long oldest)
            throws SQLException {
        for (Count count : counts) {
            Cell cell = count.cell;
            TrafficTable.add(
                    sql, cell.environment, cell.step, cell.fate.name(), cell.reason, cell.appVersion, count.count);
        }
        for (KeyCount count : keyCounts) {
            TrafficTable.addKey(sql, count.cell.keyId, count.cell.step, count.proofs, count.accepted, count.lastUsedAt);
        }
        return TrafficTable.dropBefore(sql, oldest);
    }
}
