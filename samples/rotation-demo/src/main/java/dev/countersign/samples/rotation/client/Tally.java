package dev.countersign.samples.rotation.client;

import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.delivery.DropReason;
import dev.countersign.client.identity.ProofRequest;
import dev.countersign.samples.rotation.account.ClientAccount;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what the SDK reports; what goes wrong is for the log. Thread-safe. */
final class Tally extends DeliveryListener {

    private final Map<String, Long> rejected = new TreeMap<>();
    private long queued;
    private long accepted;
    private long setAside;
    private long dropped;

    @Override
    public synchronized void queued(int events) {
        queued += events;
    }

    @Override
    public synchronized void sent(int events) {
        accepted += events;
    }

    @Override
    public synchronized void rejected(List<DeliveryOutcome> outcomes) {
        for (DeliveryOutcome outcome : outcomes) {
            Object why = outcome.getReason() != null ? outcome.getReason() : outcome.getCode();
            rejected.merge(String.valueOf(why), 1L, Long::sum);
            if (outcome.isFinal()) {
                setAside++;
            }
        }
    }

    @Override
    public synchronized void dropped(DropReason reason, int events) {
        dropped += events;
    }

    @Override
    public void postponed(String reason, long millis) {
        System.out.println("postponed by " + millis + " ms: " + reason);
    }

    @Override
    public void proofFailed(ProofRequest request, String reason) {
        System.out.println("no proof, cause " + request.getCause() + ": " + reason);
    }

    /** The account, with {@code tracked} calls that the app counted by itself. */
    synchronized ClientAccount account(long tracked) {
        return new ClientAccount(tracked, accepted, new TreeMap<>(rejected), dropped, waiting());
    }

    /** Events that have met no fate yet. */
    synchronized long waiting() {
        return queued - accepted - setAside - dropped;
    }
}
