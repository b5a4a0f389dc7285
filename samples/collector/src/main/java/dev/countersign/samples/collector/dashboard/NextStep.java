package dev.countersign.samples.collector.dashboard;

import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.traffic.TrafficReport;
import dev.countersign.server.enforcement.EnforcementMode;

/**
 * How far an environment is on the way key → sign → observe → enforce, in this order: whoever enforces first loses what
 * is not signed yet.
 */
enum NextStep {
    KEY,
    SIGN,
    OBSERVE,
    ENFORCE,
    DONE;

    static NextStep of(Environment environment, boolean hasKey, TrafficReport.Day day) {
        if (!hasKey) {
            return KEY;
        }
        if (environment.policy().mode() == EnforcementMode.STRICT) {
            return day.verified() > 0 ? DONE : SIGN;
        }
        if (day.verified() == 0) {
            return SIGN;
        }
        return day.strictTotal() > 0 ? OBSERVE : ENFORCE;
    }
}
