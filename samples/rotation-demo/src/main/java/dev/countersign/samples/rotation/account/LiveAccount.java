package dev.countersign.samples.rotation.account;

import dev.countersign.samples.rotation.account.Phases.Phase;
import dev.countersign.samples.rotation.wire.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gathers what the processes say about themselves and prints a line of it every second. Thread-safe. */
public final class LiveAccount {

    private static final int FORGER_EVERY = 10;

    private final Phases phases;
    private final PrintStream out;
    private final Clock clock;
    private final long startedAt;
    private final Map<String, ClientAccount> clients = new TreeMap<>();
    private final List<Refused> refusals = new ArrayList<>();
    private ForgerAccount forger = ForgerAccount.empty();
    private long acceptedBefore;
    private long tickBefore;
    private int ticks;

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
                "%3d s  %-36s %4d/s  %-14s accepted %,7d  rejected %d%s  forged %,d: %d accepted%n",
                (now - startedAt) / 1_000,
                (phase.rotation() == 0 ? "" : "rotation " + phase.rotation() + ": ") + phase.name(),
                perSecond,
                keys,
                all.accepted(),
                all.rejectedTotal(),
                all.rejectedTotal() == 0 ? "" : " (" + reasons(all.rejected()) + ")",
                forger.sent(),
                forger.accepted());
        if (++ticks % FORGER_EVERY == 0) {
            out.printf("       the forger was told: %s%n", reasons(forger.byAnswer()));
        }
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

    /** Every reason, the commonest first. */
    private static String reasons(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Object> parsed(String line) {
        try {
            return Json.object(line);
        } catch (IOException e) {
            throw new IllegalStateException("a process printed broken JSON", e);
        }
    }
}
