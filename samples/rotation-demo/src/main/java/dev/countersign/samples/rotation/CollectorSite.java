package dev.countersign.samples.rotation;

import dev.countersign.samples.rotation.ledger.StoredEvent;
import dev.countersign.samples.rotation.operator.CollectorAdmin;
import java.util.List;
import java.util.Map;

/** One collector, or several that are one to their clients. */
interface CollectorSite {

    /** How many collectors there are. */
    int instances();

    /** Where clients send. */
    String url();

    /** The administration. */
    CollectorAdmin admin();

    /** Every refusal since the start, by reason, of all collectors. */
    Map<String, Long> refusals() throws Exception;

    /** Ends the collectors, waits until the store holds still, and reads it. */
    List<StoredEvent> endAndRead() throws Exception;
}
