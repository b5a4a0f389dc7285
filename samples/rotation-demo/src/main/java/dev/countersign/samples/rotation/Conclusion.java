package dev.countersign.samples.rotation;

import dev.countersign.samples.rotation.Cast.Role;
import dev.countersign.samples.rotation.account.LiveAccount;
import dev.countersign.samples.rotation.account.Phases;
import dev.countersign.samples.rotation.client.ClientSettings.Login;
import dev.countersign.samples.rotation.ledger.KeyUsage;
import dev.countersign.samples.rotation.ledger.LedgerComparison;
import dev.countersign.samples.rotation.ledger.LedgerComparison.Findings;
import dev.countersign.samples.rotation.ledger.RotationResult;
import dev.countersign.samples.rotation.ledger.StoredEvent;
import dev.countersign.samples.rotation.ledger.TrackLedger;
import dev.countersign.samples.rotation.operator.Environment;
import dev.countersign.samples.rotation.operator.IssuedKey;
import dev.countersign.samples.rotation.report.ReportData;
import dev.countersign.samples.rotation.report.ReportData.ClientLine;
import dev.countersign.samples.rotation.report.ReportData.EnvironmentKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Gathers the evidence once the traffic has ended. */
final class Conclusion {

    private final Stage stage;
    private final Players players;
    private final Watch watch;
    private final LiveAccount account;
    private final Phases phases;
    private final List<Role> cast;
    private final long endedAt = System.currentTimeMillis();
    private final Map<String, Long> collectorRefusals;
    private final List<StoredEvent> rows;

    /** Asks the collectors for their own count, ends them, and reads their store. */
    Conclusion(Stage stage, Players players, Watch watch, LiveAccount account, Phases phases, List<Role> cast)
            throws Exception {
        this.stage = stage;
        this.players = players;
        this.watch = watch;
        this.account = account;
        this.phases = phases;
        this.cast = cast;
        this.collectorRefusals = stage.collectors().refusals();
        this.rows = stage.collectors().endAndRead();
    }

    /** The verdict; {@code trouble} on the way counts against it. */
    RotationResult result(int rotations, List<String> trouble) throws IOException {
        List<String> faults = new ArrayList<>(trouble);
        faults.addAll(KeyUsage.faults(rows, keyIds(), watch.revocations()));
        return Verdict.of(new Verdict.Evidence(
                findings(),
                account.allClients(),
                account.forger(),
                collectorRefusals,
                watch.modes(),
                rotations,
                faults));
    }

    /** What the report shows. */
    ReportData reportData(RotationResult result, boolean overlap) {
        return new ReportData(
                result,
                overlap,
                rows.isEmpty() ? account.startedAt() : rows.get(0).receivedAt(),
                endedAt,
                phases.all(),
                players.outages(),
                account.refusals(),
                stage.environments().stream().map(Conclusion::keysOf).toList(),
                cast.stream().map(this::line).toList(),
                account.forger(),
                rows);
    }

    private Findings findings() throws IOException {
        LedgerComparison comparison = new LedgerComparison();
        for (Role role : cast) {
            comparison.addLedger(
                    role.name(),
                    stage.environment(role.form()).id(),
                    role.logins().stream().map(Login::userId).collect(Collectors.toSet()),
                    TrackLedger.read(players.ledger(role), role.name()));
        }
        return comparison.compareWith(rows);
    }

    private List<String> keyIds() {
        return stage.environments().stream()
                .flatMap(environment -> environment.keys().stream())
                .map(IssuedKey::id)
                .toList();
    }

    private static EnvironmentKeys keysOf(Environment environment) {
        return new EnvironmentKeys(
                environment.name(),
                environment.id(),
                environment.keys().stream().map(IssuedKey::id).toList());
    }

    private ClientLine line(Role role) {
        return new ClientLine(
                role.name(),
                role.form().id(),
                role.atSpringBoot()
                        ? stage.springBoot().name()
                        : stage.micronaut().name(),
                role.habit().name().toLowerCase(Locale.ROOT),
                account.client(role.name()));
    }
}
