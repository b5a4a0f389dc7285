package dev.countersign.samples.rotation;

import dev.countersign.samples.rotation.operator.BackEnd;
import dev.countersign.samples.rotation.operator.CollectorAdmin;
import dev.countersign.samples.rotation.operator.Environment;
import dev.countersign.samples.rotation.operator.IssuedKey;
import java.time.Duration;

/**
 * What most platforms offer instead: the secret is replaced at once, and the back ends learn of it when somebody deploys
 * them. Until then every proof is refused. The demo must fail this way; the clients must lose nothing even so.
 */
final class ReplacedAtOnce {

    private static final Duration UNTIL_FIRST_DEPLOY = Duration.ofSeconds(4);
    private static final Duration UNTIL_SECOND_DEPLOY = Duration.ofSeconds(3);
    private static final Duration UNTIL_NEXT = Duration.ofSeconds(10);

    private final Stage stage;
    private final Players players;
    private final Watch watch;

    ReplacedAtOnce(Stage stage, Players players, Watch watch) {
        this.stage = stage;
        this.players = players;
        this.watch = watch;
    }

    /** Replaces every environment's secret for the {@code number}-th time. */
    void run(int number) throws Exception {
        watch.phase(number, "replace the secret");
        CollectorAdmin collector = stage.collector();
        for (Environment environment : stage.environments()) {
            IssuedKey replacement = collector.createKey(environment, "replacement " + number);
            environment.add(replacement);
            players.showKeyName(environment);
            collector.emergencyRevoke(environment, environment.oldKey(), replacement);
            watch.revoked(environment.oldKey());
        }
        watch.pause(UNTIL_FIRST_DEPLOY);
        watch.phase(number, "deploy " + stage.springBoot().name());
        deploy(stage.springBoot());
        watch.pause(UNTIL_SECOND_DEPLOY);
        watch.phase(number, "deploy " + stage.micronaut().name());
        deploy(stage.micronaut());
        watch.phase(number, "recover");
        watch.pause(UNTIL_NEXT);
    }

    private void deploy(BackEnd backEnd) throws Exception {
        for (Environment environment : stage.environments()) {
            IssuedKey fresh = environment.newKey();
            IssuedKey old = environment.oldKey();
            backEnd.change(environment, ring -> old.revokeIn(fresh.promoteIn(fresh.addTo(ring))));
        }
        watch.until(backEnd.name() + " to load its rings", backEnd::hasLoadedItsRings);
    }
}
