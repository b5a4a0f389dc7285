package dev.countersign.samples.rotation.account;

import dev.countersign.samples.rotation.account.Phases.Phase;
import dev.countersign.samples.rotation.wire.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gathers what the processes say about themselves and prints a line of it every second. Thread-safe. */
public final class LiveAccount {

    private static final int REASONS_SHOWN = 3;

    private final Phases phases;
    private final PrintStream out;
    private final Clock clock;
    private final long startedAt;
    private final Map<String, ClientAccount> clients = new TreeMap<>();
    private final List<Refused> refusals = new ArrayList<>();
    private ForgerAccount forger = ForgerAccount.empty();
    private long acceptedBefore;
    private long tickBefore;

    /** An empty account; its time begins now. */
    public LiveAccount(Phases phases, PrintStream out, Clock clock) {
        this.phases = phases;
        this.out = out;
        this.clock = clock;
        this.startedAt = clock.millis();
        this.tickBefore = startedAt;
    }

    /** When the account's time began, in milliseconds since 1970. */
    public long startedAt() {
        return startedAt;
    }

    /** Takes a line that {@code client} printed. */
    public synchronized void clientSays(String client, String line) {
        if (!line.startsWith("{")) {
            return;
        }
        ClientAccount now = ClientAccount.fromJson(parsed(line));
        ClientAccount before = clients.put(client, now);
        long refused = now.rejectedTotal() - (before == null ? 0 : before.rejectedTotal());
        if (refused > 0) {
            refusals.add(new Refused(clock.millis(), refused));
        }
    }

    /** Takes a line that the forger printed. */
    public synchronized void forgerSays(String line) {
        if (line.startsWith("{")) {
            forger = ForgerAccount.fromJson(parsed(line));
        }
    }

    /** Prints the line of this second; {@code keys} says which keys are in use. */
    public synchronized void tick(String keys) {
        long now = clock.millis();
        ClientAccount all = allClients();
        long perSecond = (all.accepted() - acceptedBefore) * 1_000 / Math.max(1, now - tickBefore);
        acceptedBefore = all.accepted();
        tickBefore = now;
        Phase phase = phases.present();
        out.printf(
                Locale.ROOT,
                "%3d s  %-38s %5d/s  %-13s  accepted %,7d  rejected %d%s  forger: %,d refused%s, %d accepted%n",
                (now - startedAt) / 1_000,
                (phase.rotation() == 0 ? "" : "rotation " + phase.rotation() + ": ") + phase.name(),
                perSecond,
                keys,
                all.accepted(),
                all.rejectedTotal(),
                reasons(all.rejected()),
                forger.refused(),
                reasons(forger.byAnswer()),
                forger.accepted());
    }

    /** Each client's latest account. */
    public synchronized ClientAccount client(String name) {
        return clients.getOrDefault(name, ClientAccount.empty());
    }

    /** All clients together. */
    public synchronized ClientAccount allClients() {
        return clients.values().stream().reduce(ClientAccount.empty(), ClientAccount::plus);
    }

    /** The forger's latest account. */
    public synchronized ForgerAccount forger() {
        return forger;
    }

    /** When clients reported refusals. */
    public synchronized List<Refused> refusals() {
        return List.copyOf(refusals);
    }

    /** The commonest reasons in brackets; nothing if there are none. */
    private static String reasons(Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return "";
        }
        String shown = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(REASONS_SHOWN)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return " (" + shown + (counts.size() > REASONS_SHOWN ? ", …" : "") + ")";
    }

    private static Map<String, Object> parsed(String line) {
        try {
            return Json.object(line);
        } catch (IOException e) {
            throw new IllegalStateException("a process printed broken JSON", e);
        }
    }
}
