package dev.countersign.client.model;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.delivery.CollectionMode;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.SignedMetadata;
import dev.countersign.client.model.Proofs.Proof;
import dev.countersign.client.testkit.TestClient;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A client, its collector and back end, and beside them what the app did. One thread does everything. */
final class World implements AutoCloseable {
    static final List<String> USERS = List.of("u_1", "u_2", "u_3");
    static final List<String> GROUPS = List.of("acme", "beta");
    private static final String PADDING = "x".repeat(25_000);

    /** Thrown through the client: its process has ended. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed() {
            super("killed", null, false, false);
        }
    }

    private final File directory = temporary();
    private final App app = new App();
    private final Proofs proofs = new Proofs();
    /** What calls made before the directory is open will mean. */
    private final List<Runnable> prologue = new ArrayList<>();

    private TestClient test;
    private final Oracle oracle;
    private BackEnd backEnd;
    final Network network;
    private boolean open;
    private int calls;
    private int reportedDrops;

    World() {
        test = TestClient.inProcess(
                directory,
                settings -> settings.proofProvider(request -> backEnd.proofFor(request))
                        .maxQueuedBytes(4 * 1024 * 1024)); // small files
        oracle = new Oracle(app, proofs, test.clock);
        backEnd = new BackEnd(app, proofs, test.clock);
        network = new Network(test.collector, oracle);
        test.holdFetches();
    }

    // ---- the app's calls

    private void called(Runnable meaning) {
        if (open) {
            meaning.run();
        } else {
            prologue.add(meaning);
        }
    }

    private Tracked record(int number, String type, boolean marked) {
        Tracked event = new Tracked(number, type, marked, app, test.clock.elapsedMillis());
        event.dropped = app.mode == CollectionMode.DISABLED;
        oracle.made(event);
        return event;
    }

    void track(boolean heard, boolean large) {
        Attributes properties = large ? Attributes.of("padding", PADDING) : Attributes.empty();
        int number = ++calls;
        Tracked[] made = new Tracked[1];
        called(() -> {
            made[0] = record(number, "track", true);
            made[0].hasCallback = heard;
        });
        if (heard) {
            test.client.track("e" + number, properties, outcome -> {
                if (made[0] != null) { // a call that waits for the directory means nothing yet
                    made[0].outcomes.add(outcome);
                }
            });
        } else {
            test.client.track("e" + number, properties);
        }
    }

    void identify(String userId, boolean proven) {
        Proof proof = proven ? proofs.ofUser(userId) : null;
        int number = ++calls;
        called(() -> {
            app.identify(userId);
            supplied(proof);
            record(number, "identify", true);
        });
        Attributes traits = Attributes.of("n", number);
        if (proof == null) {
            test.client.identify(userId, traits);
        } else {
            test.client.identify(userId, traits, IdentityProof.token(proof.text));
        }
    }

    void group(String groupId, boolean proven) {
        Proof proof = proven ? proofs.ofGroup(groupId) : null;
        int number = ++calls;
        called(() -> {
            app.group = groupId;
            supplied(proof);
            record(number, "group", true);
        });
        Attributes traits = Attributes.of("n", number);
        if (proof == null) {
            test.client.group(groupId, traits);
        } else {
            test.client.group(groupId, traits, IdentityProof.token(proof.text));
        }
    }

    /** A JWT, which lives for a quarter of an hour. */
    void adopt(String userId, String groupId) {
        Proof jwt = proofs.jwt(userId, groupId, test.clock.trueMillis() + TimeUnit.MINUTES.toMillis(15));
        int number = ++calls;
        called(() -> {
            app.identify(userId);
            app.group = groupId == null ? app.group : groupId;
            supplied(jwt);
            record(number, "identify", false);
        });
        test.client.updateOptions(new SignedMetadata(jwt.text, "key-" + userId));
    }

    /** Every event tracked in this session says so. */
    void describe() {
        int value = ++calls;
        called(() -> app.property = value);
        test.client.setSessionProperties(Attributes.of("session", value));
    }

    private void supplied(Proof proof) {
        app.save();
        if (proof != null) {
            proof.supply(app);
        }
    }

    void push(String userId) {
        Proof proof = proofs.ofUser(userId);
        called(() -> {
            if (userId.equals(app.user)) {
                proof.supply(app);
            }
        });
        test.client.updateProof(userId, IdentityProof.token(proof.text));
    }

    void clear(ClearPolicy policy) {
        called(() -> {
            if (policy == ClearPolicy.DROP) {
                drop(app.user, app.visitor);
            }
            if (policy != ClearPolicy.SEND && app.user != null) {
                app.held.add(app.user);
            }
            app.leave();
            app.save();
        });
        test.client.clearSession(policy);
    }

    private void drop(String userId, int visitor) {
        for (Tracked event : oracle.events()) {
            boolean theirs = event.userId == null ? event.visitor == visitor : event.userId.equals(userId);
            event.dropped |= theirs && !event.acknowledged;
        }
    }

    void collect(CollectionMode mode) {
        called(() -> {
            if (mode == CollectionMode.DISABLED) {
                oracle.events().forEach(event -> event.dropped |= !event.acknowledged);
                if (app.user != null) {
                    app.held.add(app.user);
                }
                app.leave();
            }
            app.mode = mode;
            app.save();
        });
        test.client.setCollection(mode);
    }

    // ---- the world around

    void rotate() {
        proofs.valid++;
    }

    void backEndCatchesUp() {
        proofs.issued = proofs.valid;
    }

    /** The back end answers; the user may leave, or time run out, meanwhile. */
    void fetch(BackEnd.Reply reply, Consumer<World> meanwhile) {
        if (!test.fetches.isEmpty()) {
            backEnd.next(reply, () -> meanwhile.accept(this));
            test.fetch();
        }
    }

    void pass(long millis) {
        test.clock.advance(millis);
    }

    void send() {
        test.client.flush();
        step();
    }

    /** One look of the delivery thread; the first one opens the directory. */
    void step() {
        begin();
        try {
            test.step();
        } catch (Killed e) {
            restart();
        }
    }

    private void begin() {
        test.collector.date = test.clock.trueMillis();
        if (!open) {
            open = true;
            prologue.forEach(Runnable::run);
            prologue.clear();
            app.save();
        }
    }

    /** The process is killed, and the app starts again. */
    void restart() {
        reportedDrops += reported();
        if (!open) {
            prologue.clear();
        }
        test = test.restart();
        test.holdFetches();
        app.restart();
        open = false;
    }

    private int reported() {
        return test.heard.drops.stream()
                .mapToInt(drop -> Integer.parseInt(drop.split(" ")[1]))
                .sum();
    }

    // ---- the end

    /** Whoever has events returns and proves themselves, until nothing is left to send; then the rest is over age. */
    void everybodyReturns() {
        network.mend();
        proofs.issued = proofs.valid;
        collect(CollectionMode.ENABLED);
        settle(TimeUnit.MINUTES.toMillis(20));
        for (String user : USERS) {
            clear(ClearPolicy.SEND);
            identify(user, true);
            for (String group : GROUPS) {
                group(group, true);
            }
            settle(TimeUnit.MINUTES.toMillis(6));
        }
        oracle.nothingIsLost();
        clear(ClearPolicy.SEND);
        pass(TimeUnit.DAYS.toMillis(8));
        settle(0);
        oracle.everyDropIsReported(reportedDrops + reported());
        test.collector.assertNoEventCrossedUsers();
    }

    private void settle(long millis) {
        for (long end = test.clock.elapsedMillis() + millis; ; ) {
            send();
            while (!test.fetches.isEmpty()) {
                fetch(BackEnd.Reply.PROOFS, world -> {});
            }
            send();
            if (test.clock.elapsedMillis() >= end) {
                return;
            }
            pass(TimeUnit.MINUTES.toMillis(1));
        }
    }

    /** Requests, events sent, stored and made, and processes. */
    long[] figures() {
        return new long[] {
            test.collector.batches.size(),
            test.collector.sent().size(),
            test.collector.stored().size(),
            oracle.events().size(),
            app.process
        };
    }

    @Override
    public void close() {
        test.close();
        delete(directory);
    }

    private static File temporary() {
        try {
            return Files.createTempDirectory("countersign-model").toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(File file) {
        File[] children = file.listFiles();
        for (File child : children == null ? new File[0] : children) {
            delete(child);
        }
        file.delete();
    }
}
