package dev.countersign.samples.rotation;

import dev.countersign.samples.rotation.Cast.Role;
import dev.countersign.samples.rotation.account.LiveAccount;
import dev.countersign.samples.rotation.account.Phases;
import dev.countersign.samples.rotation.ledger.RotationResult;
import dev.countersign.samples.rotation.process.Children;
import dev.countersign.samples.rotation.process.ParentTether;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Rotates the signing keys of four environments three times under live traffic, and proves from independent ledgers that
 * no event was refused, lost, doubled or stored for somebody else. Exit status 0 only if all of that holds.
 */
public final class RotationDemo {

    /** Exit status after a verdict that is not OK: unlike 1, no other mishap of a JVM ends with it. */
    private static final int FAILED = 2;

    private static final Duration STEADY = Duration.ofSeconds(3);

    private final Settings settings;
    private final Pace pace = Pace.demo();
    private final Phases phases = new Phases(Clock.systemUTC());
    private final LiveAccount account = new LiveAccount(phases, System.out, Clock.systemUTC());
    private final List<Role> cast = Cast.assemble();
    private final List<String> trouble = new ArrayList<>();
    private int completed;

    private RotationDemo(Settings settings) {
        this.settings = settings;
    }

    /** Runs the demo: see the README for its settings. */
    public static void main(String[] args) throws IOException {
        Settings settings = Settings.fromSystemProperties();
        ResultFiles results = new ResultFiles(settings.target());
        deleteTree(settings.work());
        Children children = new Children(settings.work().resolve("logs"));
        AtomicBoolean ended = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (ended.compareAndSet(false, true)) {
                System.out.println(results.interrupted().line());
            }
            children.close();
        }));
        if (Boolean.getBoolean("demo.tethered")) {
            ParentTether.exitWithParent();
        }
        RotationResult result = new RotationDemo(settings).run(children, results);
        if (ended.compareAndSet(false, true)) {
            results.write(result);
            children.close();
            System.out.println(result.line() + (settings.scaled() && result.isOk() ? " instances=2" : ""));
            System.exit(result.isOk() ? 0 : FAILED);
        }
    }

    private RotationResult run(Children children, ResultFiles results) {
        try {
            boolean overlap = settings.keysOverlap();
            System.out.println(
                    "Starting " + (settings.scaled() ? "two collectors with all that they need" : "a collector")
                            + ", two back ends, " + cast.size() + " clients and a forger …");
            phases.begin(0, "start");
            Stage stage = new Stage(
                    settings,
                    pace,
                    children,
                    cast.stream().flatMap(role -> role.logins().stream()).toList());
            Players players = new Players(settings, stage, pace, children, cast, account);
            Watch watch = new Watch(children, stage, account, phases);
            rotate(stage, players, watch, overlap);
            finish(players, watch);
            Conclusion conclusion = new Conclusion(stage, players, watch, account, phases, cast);
            RotationResult result = conclusion.result(completed, trouble);
            results.writeReport(conclusion.reportData(result, overlap));
            return result;
        } catch (Exception e) {
            return RotationResult.failure("UNKNOWN", completed, trouble(e));
        }
    }

    private void rotate(Stage stage, Players players, Watch watch, boolean overlap) {
        try {
            watch.phase(0, "steady traffic");
            watch.pause(STEADY);
            for (int number = 1; number <= Verdict.ROTATIONS; number++) {
                if (overlap) {
                    new Rotation(stage, players, watch, pace).run(number);
                } else {
                    new ReplacedAtOnce(stage, players, watch).run(number);
                }
                completed++;
            }
            watch.phase(0, "steady traffic");
            watch.pause(STEADY);
        } catch (Exception e) {
            trouble.add(trouble(e));
        }
    }

    /** Ends the traffic, whatever happened before: the ledgers are compared even so. */
    private void finish(Players players, Watch watch) {
        try {
            watch.phase(0, "finish");
            System.out.println("Clients send what they still hold, then the ledgers are compared …");
            players.finish();
        } catch (Exception e) {
            trouble.add(trouble(e));
        }
    }

    private static String trouble(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void deleteTree(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
