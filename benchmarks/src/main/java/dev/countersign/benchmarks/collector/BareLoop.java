package dev.countersign.benchmarks.collector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * What a collector cannot do without, on one thread and without HTTP: parse a batch, verify each event, insert it, and
 * commit every 16 batches durably.
 */
final class BareLoop {
    private static final int BATCHES_PER_COMMIT = 16;
    private static final String SECRET = "sis_a-secret-of-the-bare-loop-0123456789abcdef";

    private final HmacVerifier verifier;
    private final JsonFactory jackson = new JsonFactory();

    private record Event(String id, String user, String type, String name, String body) {}

    private BareLoop() {
        SigningKey key = SigningKey.of("k1", Secret.of(SECRET), KeyStatus.PRIMARY);
        verifier = HmacVerifier.create(HmacFormat.HEX, KeySource.of(KeyRing.of(1, List.of(key))));
    }

    /**
     * The CPU time of one event, in microseconds, the mean of loops on all processors at once: with all of them busy, as under
     * a load, each is slower than alone.
     */
    static double onAllProcessors(Path directory, int batches) throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        ExecutorService threads = Executors.newFixedThreadPool(processors);
        List<Callable<Double>> loops = new ArrayList<>();
        for (int i = 0; i < processors; i++) {
            Path file = Files.createTempFile(directory, "bare", ".sqlite");
            loops.add(() -> new BareLoop().run(file, batches));
        }
        List<Future<Double>> ended = threads.invokeAll(loops);
        threads.shutdown();
        double sum = 0;
        for (Future<Double> loop : ended) {
            sum += loop.get();
        }
        return sum / processors;
    }

    /** The CPU time of one event, in microseconds, after a warm-up; the file is deleted. */
    private double run(Path file, int batches) throws Exception {
        SQLiteConfig config = new SQLiteConfig(); // As the collector's.
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setGetGeneratedKeys(false);
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        config.setCacheSize(-(16 << 10));
        Batch batch = new Batch(SECRET, "k1");
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_autocheckpoint = 4000");
                statement.execute("CREATE TABLE event (id TEXT NOT NULL, owner TEXT NOT NULL, type TEXT NOT NULL,"
                        + " name TEXT, key_id TEXT, received_at INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (id))");
            }
            String rows = String.join(", ", Collections.nCopies(Batch.EVENTS, "(?, ?, ?, ?, ?, ?, ?)"));
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO event VALUES " + rows + " ON CONFLICT DO NOTHING")) {
                rounds(connection, insert, batch, batches / 2);
                long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                rounds(connection, insert, batch, batches);
                long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
                return spent / 1e3 / batches / Batch.EVENTS;
            }
        } finally {
            Files.delete(file);
        }
    }

    private void rounds(Connection connection, PreparedStatement insert, Batch batch, int batches)
            throws SQLException, IOException, VerificationException {
        for (int i = 0; i < batches; i += BATCHES_PER_COMMIT) {
            connection.setAutoCommit(false);
            for (int j = 0; j < BATCHES_PER_COMMIT; j++) {
                store(insert, parse(batch.next()));
            }
            connection.setAutoCommit(true);
        }
    }

    private List<Event> parse(byte[] json) throws IOException, VerificationException {
        List<Event> events = new ArrayList<>(Batch.EVENTS);
        try (JsonParser parser = jackson.createParser(json)) {
            while (parser.nextToken() != JsonToken.START_ARRAY) {
                parser.getText();
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                events.add(event(parser, json));
            }
        }
        return events;
    }

    private Event event(JsonParser parser, byte[] json) throws IOException, VerificationException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        String id = "";
        String user = "";
        String proof = "";
        String name = "";
        String keyId = "";
        for (String member = parser.nextFieldName(); member != null; member = parser.nextFieldName()) {
            parser.nextToken();
            switch (member) {
                case "id" -> id = parser.getText();
                case "userId" -> user = parser.getText();
                case "identityToken" -> proof = parser.getText();
                case "signingKeyName" -> keyId = parser.getText();
                case "name" -> name = parser.getText();
                default -> parser.skipChildren();
            }
        }
        verifier.verifyUser(user, proof, keyId);
        int end = (int) parser.currentTokenLocation().getByteOffset() + 1;
        return new Event(id, user, "track", name, new String(json, start, end - start, StandardCharsets.UTF_8));
    }

    private static void store(PreparedStatement insert, List<Event> events) throws SQLException {
        int at = 0;
        for (Event event : events) {
            insert.setString(++at, event.id);
            insert.setString(++at, event.user);
            insert.setString(++at, event.type);
            insert.setString(++at, event.name);
            insert.setString(++at, "k1");
            insert.setLong(++at, System.currentTimeMillis());
            insert.setString(++at, event.body);
        }
        if (insert.executeUpdate() != events.size()) {
            throw new SQLException("an id came twice");
        }
    }
}
