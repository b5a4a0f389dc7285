package dev.countersign.samples.android;

import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.delivery.DeliveryOutcome;
import java.util.List;

/** Remembers what the collector last refused, for the debug screen. */
final class LastRejection extends DeliveryListener {
    private volatile String text = "nothing rejected";

    @Override
    public void rejected(List<DeliveryOutcome> outcomes) {
        text = outcomes.size() + " rejected, the last: " + outcomes.get(outcomes.size() - 1);
    }

    @Override
    public String toString() {
        return text;
    }
}
