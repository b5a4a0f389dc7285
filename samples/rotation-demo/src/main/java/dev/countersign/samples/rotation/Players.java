package dev.countersign.samples.rotation;

import dev.countersign.samples.rotation.Cast.Habit;
import dev.countersign.samples.rotation.Cast.Role;
import dev.countersign.samples.rotation.account.LiveAccount;
import dev.countersign.samples.rotation.account.Outage;
import dev.countersign.samples.rotation.client.ClientProcess;
import dev.countersign.samples.rotation.client.ClientSettings;
import dev.countersign.samples.rotation.client.ClientSettings.Login;
import dev.countersign.samples.rotation.forger.ForgerProcess;
import dev.countersign.samples.rotation.link.CuttableLink;
import dev.countersign.samples.rotation.operator.BackEnd;
import dev.countersign.samples.rotation.operator.Environment;
import dev.countersign.samples.rotation.process.ChildProcess;
import dev.countersign.samples.rotation.process.Children;
import dev.countersign.samples.rotation.process.JavaProgram;
import dev.countersign.samples.rotation.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The clients and the forger, and the network that one of the clients loses. */
final class Players {

    private static final int EVENTS_PER_SECOND = 60;
    private static final long TURN_MILLIS = 4_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Stage stage;
    private final Path work;
    private final Pace pace;
    private final List<CuttableLink> links = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();
    private final Map<Role, ChildProcess> clients = new LinkedHashMap<>();
    private final ChildProcess forger;
    private long cutAt;

    /** Starts every client and the forger, and waits until all clients have logged in. */
    Players(Settings settings, Stage stage, Pace pace, Children children, List<Role> cast, LiveAccount account)
            throws Exception {
        this.stage = stage;
        this.work = settings.work();
        this.pace = pace;
        for (Role role : cast) {
            JavaProgram program = JavaProgram.ofMain(role.name(), ClientProcess.class)
                    .heap(64)
                    .environment(
                            ClientSettings.VARIABLE, Json.text(settingsOf(role).toJson()));
            clients.put(
                    role, children.start(program, ClientProcess.READY, line -> account.clientSays(role.name(), line)));
        }
        JavaProgram program = JavaProgram.ofMain("forger", ForgerProcess.class)
                .heap(64)
                .argument(stage.collectorUrl())
                .argument(Json.text(Map.of("targets", targets(cast))));
        forger = children.start(program, "{", account::forgerSays);
        for (ChildProcess client : clients.values()) {
            client.awaitReady(PATIENCE);
        }
        forger.awaitReady(PATIENCE);
    }

    /** The client's own ledger. */
    Path ledger(Role role) {
        return work.resolve(role.name() + ".ledger");
    }

    /** A key's name travels beside every proof: the forger learns it too. */
    void showKeyName(Environment environment) throws IOException {
        forger.send("key " + environment.name() + " " + environment.newKey().id());
    }

    /** The commuter enters the tunnel, with events under way and a proof of the old key in hand. */
    void cutCommuter() {
        cutAt = System.currentTimeMillis();
        links.forEach(CuttableLink::cut);
    }

    /** The commuter's network is back. */
    void restoreCommuter() throws IOException {
        links.forEach(CuttableLink::restore);
        for (Map.Entry<Role, ChildProcess> client : clients.entrySet()) {
            if (client.getKey().habit() == Habit.COMMUTER) {
                client.getValue().send("online");
                outages.add(new Outage(client.getKey().name(), cutAt, System.currentTimeMillis()));
            }
        }
    }

    /** When who was offline. */
    List<Outage> outages() {
        return List.copyOf(outages);
    }

    /** Lets every client send what it still holds and end, then the forger. */
    void finish() throws IOException, InterruptedException {
        links.forEach(CuttableLink::restore);
        for (ChildProcess client : clients.values()) {
            client.send("stop");
        }
        for (ChildProcess client : clients.values()) {
            requireOrderlyEnd(client);
        }
        forger.send("stop");
        requireOrderlyEnd(forger);
    }

    private static void requireOrderlyEnd(ChildProcess child) throws IOException, InterruptedException {
        int status = child.awaitEnd(PATIENCE);
        if (status != 0) {
            throw new IOException(child.name() + " ended with status " + status);
        }
    }

    private ClientSettings settingsOf(Role role) throws IOException {
        Environment environment = stage.environment(role.form());
        BackEnd backEnd = role.atSpringBoot() ? stage.springBoot() : stage.micronaut();
        boolean commutes = role.habit() == Habit.COMMUTER;
        return new ClientSettings(
                role.name(),
                commutes ? link(stage.collectorUrl()) : stage.collectorUrl(),
                commutes ? link(backEnd.url()) : backEnd.url(),
                environment.name(),
                environment.apiKey(),
                role.logins(),
                EVENTS_PER_SECOND,
                pace.callTimeout().toMillis(),
                role.habit() == Habit.TURNS ? TURN_MILLIS : 0,
                ledger(role).toString());
    }

    private String link(String url) throws IOException {
        CuttableLink link = CuttableLink.to(url);
        links.add(link);
        return link.url();
    }

    private List<Map<String, Object>> targets(List<Role> cast) {
        return stage.environments().stream()
                .map(environment -> Map.<String, Object>of(
                        "form", environment.name(),
                        "audience", environment.id(),
                        "apiKey", environment.apiKey(),
                        "keyName", environment.newKey().id(),
                        "userIds", userIds(cast, environment)))
                .toList();
    }

    private static List<String> userIds(List<Role> cast, Environment environment) {
        return cast.stream()
                .filter(role -> role.form() == environment.form())
                .flatMap(role -> role.logins().stream())
                .map(Login::userId)
                .toList();
    }
}
