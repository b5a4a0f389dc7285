package dev.countersign.samples.rotation.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what the clients tracked with what is stored, event by event. Not thread-safe. */
public final class LedgerComparison {

    /**
     * What the comparison found, in events.
     *
     * @param tracked lines in the clients' ledgers
     * @param stored of those, rows in the store, counting a row twice that is there twice
     * @param lost tracked, not stored
     * @param duplicates rows beyond the first of the same tracked event
     * @param misattributed stored under another user or in another environment
     * @param unverified rows of any type that no key has proved
     * @param foreign rows that no client's ledger knows, or of users who do not exist
     */
    public record Findings(
            long tracked, long stored, long lost, long duplicates, long misattributed, long unverified, long foreign) {}

    private record Id(String client, long n) {}

    private final Map<Id, String> userByEvent = new HashMap<>();
    private final Map<String, String> environmentByClient = new HashMap<>();
    private final Set<String> users = new HashSet<>();
    private final Set<Id> found = new HashSet<>();
    private long stored;
    private long duplicates;
    private long misattributed;
    private long unverified;
    private long foreign;

    /**
     * Adds a client's ledger.
     *
     * @param environment where its events belong
     * @param clientUsers everybody who may be logged in at that client
     */
    public void addLedger(String client, String environment, Set<String> clientUsers, List<TrackedEvent> ledger) {
        environmentByClient.put(client, environment);
        users.addAll(clientUsers);
        ledger.forEach(event -> userByEvent.put(new Id(event.client(), event.n()), event.userId()));
    }

    /** Compares the ledgers with {@code rows}. */
    public Findings compareWith(List<StoredEvent> rows) {
        rows.forEach(this::judge);
        long lost = (long) userByEvent.size() - found.size();
        return new Findings(userByEvent.size(), stored, lost, duplicates, misattributed, unverified, foreign);
    }

    private void judge(StoredEvent row) {
        if (!row.isVerified()) {
            unverified++;
        }
        if (row.isTracked()) {
            judgeTracked(row);
        } else if (row.userId() == null || !users.contains(row.userId())) {
            foreign++;
        }
    }

    private void judgeTracked(StoredEvent row) {
        Id id = new Id(String.valueOf(row.client()), row.n());
        String user = userByEvent.get(id);
        if (user == null) {
            foreign++;
            return;
        }
        stored++;
        if (!found.add(id)) {
            duplicates++;
        }
        if (!user.equals(row.userId()) || !row.environment().equals(environmentByClient.get(id.client()))) {
            misattributed++;
        }
    }
}
