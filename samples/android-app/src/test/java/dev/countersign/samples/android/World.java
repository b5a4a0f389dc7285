package dev.countersign.samples.android;

import dev.countersign.samples.rotation.ledger.EventStore;
import dev.countersign.samples.rotation.ledger.StoredEvent;
import dev.countersign.samples.rotation.operator.BackEnd;
import dev.countersign.samples.rotation.operator.CollectorAdmin;
import dev.countersign.samples.rotation.operator.Environment;
import dev.countersign.samples.rotation.operator.IssuedKey;
import dev.countersign.samples.rotation.operator.ProofForm;
import dev.countersign.samples.rotation.process.ChildProcess;
import dev.countersign.samples.rotation.process.Children;
import dev.countersign.samples.rotation.process.JavaProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The collector, demanding a proof for every event, and a back end: real processes on loopback. */
final class World implements AutoCloseable {
    static final int PROOF_LIFETIME_SECONDS = 600;

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String COLLECTOR_READY = "collector listening on ";
    private static final String BACK_END_READY = "back end listening on ";

    final String alicesPassword = UUID.randomUUID().toString();
    final String bobsPassword = UUID.randomUUID().toString();
    final CollectorAdmin collector;
    final Environment environment;

    private final Path store;
    private final Children children;
    private final ChildProcess collectorProcess;
    private final String collectorUrl;
    private final BackEnd backEnd;

    World(Path directory) throws Exception {
        store = directory.resolve("collector.db");
        children = new Children(directory.resolve("logs"));
        String adminToken = UUID.randomUUID() + "-" + UUID.randomUUID();
        collectorProcess = children.start(
                JavaProgram.ofJar("collector", Path.of(System.getProperty("sample.collector")))
                        .environment("PORT", "0")
                        .environment("COLLECTOR_DB", store.toString())
                        .environment("COLLECTOR_ADMIN_TOKEN", adminToken),
                COLLECTOR_READY,
                line -> {});
        collectorUrl = url(collectorProcess, COLLECTOR_READY);
        collector = new CollectorAdmin(collectorUrl, adminToken);
        environment = collector.createStrictEnvironment(ProofForm.V1);
        environment.add(collector.createKey(environment, "first"));
        backEnd = new BackEnd("backend", directory.resolve("rings"));
        backEnd.install(environment, environment.newKey().asFirstRing());
        String settings = "countersign.environments." + environment.name() + ".";
        ChildProcess process = children.start(
                JavaProgram.ofJar("backend", Path.of(System.getProperty("sample.backend")))
                        .environment("PORT", "0")
                        .property("countersign.users-file", users(directory).toString())
                        .property(
                                settings + "ring-file",
                                backEnd.ringFile(environment).toString())
                        .property(settings + "form", environment.form().id())
                        .property(settings + "proof-lifetime", PROOF_LIFETIME_SECONDS + "s"),
                BACK_END_READY,
                line -> {});
        backEnd.listensAt(url(process, BACK_END_READY));
    }

    Settings settings() {
        return new Settings(environment.apiKey(), collectorUrl, backEnd.url());
    }

    /** The back end and the collector have a new key, and the back end signs with it. */
    void bringInNewKey() throws Exception {
        IssuedKey fresh = collector.createKey(environment, "second");
        environment.add(fresh);
        backEnd.change(environment, fresh::addTo);
        awaitRings();
        collector.promote(environment, fresh);
        backEnd.change(environment, fresh::promoteIn);
        awaitRings();
    }

    /** The old key is worth nothing from the next request on. */
    void revokeOldKey() throws Exception {
        collector.revoke(environment, environment.oldKey());
        backEnd.change(environment, environment.oldKey()::revokeIn);
        awaitRings();
    }

    /** Verified events that used the newest key. */
    long acceptedWithNewKey() throws Exception {
        return collector.keys(environment).stream()
                .filter(key -> key.id().equals(environment.newKey().id()))
                .mapToLong(CollectorAdmin.KeyUse::accepted)
                .sum();
    }

    /** Ends the collector and reads what it stored. */
    List<StoredEvent> stored() throws Exception {
        collectorProcess.close();
        return EventStore.read(store);
    }

    private void awaitRings() throws Exception {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !backEnd.hasLoadedItsRings(); Thread.yield()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the back end does not load its rings");
            }
        }
    }

    private Path users(Path directory) throws Exception {
        Path file = Files.createFile(
                directory.resolve("users.json"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(
                file, "{\"users\":[" + user("alice", alicesPassword) + "," + user("bob", bobsPassword) + "]}");
    }

    private static String user(String name, String password) {
        return "{\"username\":\"" + name + "\",\"password\":\"" + password + "\",\"userId\":\"u_" + name + "\"}";
    }

    private static String url(ChildProcess child, String mark) throws Exception {
        return child.awaitReady(PATIENCE).substring(mark.length()).strip();
    }

    @Override
    public void close() {
        children.close();
    }
}
