package dev.countersign.samples.rotation.ledger;

import java.util.List;

/**
 * The verdict and its figures.
 *
 * @param rejected refusals of honest clients' events
 * @param mode the enforcement mode, as read throughout; several joined by {@code +} if it changed
 * @param rotations rotations that were completed
 * @param reasons why the demo failed; empty if it did not
 */
public record RotationResult(
        long tracked,
        long stored,
        long rejected,
        long lost,
        long duplicates,
        String mode,
        int rotations,
        long forgedSent,
        long forgedAccepted,
        List<String> reasons) {

    /** A failure before there was anything to count. */
    public static RotationResult failure(String mode, int rotations, String reason) {
        return new RotationResult(0, 0, 0, 0, 0, mode, rotations, 0, 0, List.of(reason));
    }

    /** Whether everything holds that the demo claims. */
    public boolean isOk() {
        return reasons.isEmpty();
    }

    /** The one line that a script reads. */
    public String line() {
        return (isOk() ? "ROTATION OK" : "ROTATION FAILED")
                + " tracked=" + tracked
                + " stored=" + stored
                + " rejected=" + rejected
                + " lost=" + lost
                + " duplicates=" + duplicates
                + " mode=" + mode
                + " rotations=" + rotations
                + " forged_sent=" + forgedSent
                + " forged_accepted=" + forgedAccepted
                + (isOk() ? "" : " because=" + String.join("; ", reasons));
    }
}
