package dev.countersign.samples.rotation.report;

import dev.countersign.samples.rotation.account.ClientAccount;
import dev.countersign.samples.rotation.account.ForgerAccount;
import dev.countersign.samples.rotation.account.Outage;
import dev.countersign.samples.rotation.account.Phases.Phase;
import dev.countersign.samples.rotation.account.Refused;
import dev.countersign.samples.rotation.ledger.RotationResult;
import dev.countersign.samples.rotation.ledger.StoredEvent;
import java.util.List;

/**
 * All that the report shows.
 *
 * @param overlap whether old and new key overlapped; false is the vendors' way
 * @param startedAt the picture's left edge, in milliseconds since 1970
 * @param endedAt its right edge
 */
public record ReportData(
        RotationResult result,
        boolean overlap,
        long startedAt,
        long endedAt,
        List<Phase> phases,
        List<Outage> outages,
        List<Refused> refusals,
        List<EnvironmentKeys> environments,
        List<ClientLine> clients,
        ForgerAccount forger,
        List<StoredEvent> rows) {

    /**
     * An environment and its keys, oldest first.
     *
     * @param id as in the store's rows
     */
    public record EnvironmentKeys(String name, String id, List<String> keyIds) {}

    /**
     * A client process and its last account.
     *
     * @param habit what it does besides sending
     */
    public record ClientLine(String name, String environment, String backEnd, String habit, ClientAccount account) {}
}
