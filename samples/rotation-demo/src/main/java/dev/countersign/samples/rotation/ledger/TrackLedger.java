package dev.countersign.samples.rotation.ledger;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A client's own append-only ledger, outside the SDK: {@code <n> TAB <user id>} for every track call that returned.
 * Each line is handed to the operating system before {@link #append} returns, so that a killed client's ledger is
 * complete. Not thread-safe.
 */
public final class TrackLedger implements AutoCloseable {

    private final BufferedWriter out;

    private TrackLedger(BufferedWriter out) {
        this.out = out;
    }

    /** Creates the ledger. */
    public static TrackLedger create(Path file) throws IOException {
        return new TrackLedger(Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW));
    }

    /** The events in the ledger {@code file} of {@code client}. */
    public static List<TrackedEvent> read(Path file, String client) throws IOException {
        List<TrackedEvent> events = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            int tab = line.indexOf('\t');
            events.add(new TrackedEvent(client, Long.parseLong(line.substring(0, tab)), line.substring(tab + 1)));
        }
        return events;
    }

    /** Adds a line. */
    public void append(long n, String userId) throws IOException {
        out.write(n + "\t" + userId + "\n");
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
