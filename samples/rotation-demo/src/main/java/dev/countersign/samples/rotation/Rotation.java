package dev.countersign.samples.rotation;

import dev.countersign.samples.rotation.operator.BackEnd;
import dev.countersign.samples.rotation.operator.CollectorAdmin;
import dev.countersign.samples.rotation.operator.Environment;
import dev.countersign.server.key.KeyRing;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * One rotation of every environment's key, step by step as in an operator's runbook. Enforcement is never loosened, and
 * no step needs another one to happen at the same moment: each may take as long as it likes.
 */
final class Rotation {

    private final Stage stage;
    private final Players players;
    private final Watch watch;
    private final Pace pace;
    private final CollectorAdmin collector;

    Rotation(Stage stage, Players players, Watch watch, Pace pace) {
        this.stage = stage;
        this.players = players;
        this.watch = watch;
        this.pace = pace;
        this.collector = stage.collector();
    }

    /** Rotates for the {@code number}-th time. */
    void run(int number) throws Exception {
        BackEnd first = stage.springBoot();
        BackEnd second = stage.micronaut();

        watch.phase(number, "create the new key");
        for (Environment environment : stage.environments()) {
            environment.add(collector.createKey(environment, "rotation " + number));
            players.showKeyName(environment);
        }
        watch.pause(pace.look());

        // The collector verifies the new key from here on; nobody signs with it yet.
        watch.phase(number, "roll out to " + first.name());
        change(first, (environment, ring) -> environment.newKey().addTo(ring));
        watch.phase(number, "roll out to " + second.name());
        change(second, (environment, ring) -> environment.newKey().addTo(ring));

        watch.phase(number, "promote at the collector");
        for (Environment environment : stage.environments()) {
            collector.promote(environment, environment.newKey());
        }
        watch.pause(pace.look());

        // Back ends switch one after the other: in between, both keys sign, and both verify.
        watch.phase(number, "promote on " + first.name());
        change(first, (environment, ring) -> environment.newKey().promoteIn(ring));
        players.cutCommuter();
        watch.phase(number, "promote on " + second.name());
        change(second, (environment, ring) -> environment.newKey().promoteIn(ring));

        watch.phase(number, "drain the old key");
        drain();

        watch.phase(number, "revoke the old key");
        for (Environment environment : stage.environments()) {
            collector.revoke(environment, environment.oldKey());
            watch.revoked(environment.oldKey());
        }
        players.restoreCommuter();
        change(first, (environment, ring) -> environment.oldKey().revokeIn(ring));
        change(second, (environment, ring) -> environment.oldKey().revokeIn(ring));
    }

    private void change(BackEnd backEnd, BiFunction<Environment, KeyRing, KeyRing> change) throws Exception {
        for (Environment environment : stage.environments()) {
            backEnd.change(environment, ring -> change.apply(environment, ring));
        }
        watch.until(backEnd.name() + " to load its rings", backEnd::hasLoadedItsRings);
        watch.pause(pace.look());
    }

    /** Waits until no proof of the old key can still be alive, and until none was seen for a while. */
    private void drain() throws Exception {
        Duration quiet = pace.quiet();
        watch.pause(pace.drain().minus(quiet));
        watch.until("the old keys to fall silent", () -> {
            Map<String, Long> before = oldKeysUse();
            watch.pause(quiet);
            return before.equals(oldKeysUse());
        });
    }

    private Map<String, Long> oldKeysUse() throws Exception {
        Map<String, Long> use = new TreeMap<>();
        for (Environment environment : stage.environments()) {
            String old = environment.oldKey().id();
            collector.keys(environment).stream()
                    .filter(key -> key.id().equals(old))
                    .forEach(key -> use.put(environment.name(), key.accepted()));
        }
        return use;
    }
}
