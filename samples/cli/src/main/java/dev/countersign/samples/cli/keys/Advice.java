package dev.countersign.samples.cli.keys;

import dev.countersign.samples.cli.output.Answer;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.RotationAdvice;
import dev.countersign.server.key.RotationAdvice.Facts;
import dev.countersign.server.key.RotationAdvice.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says which step is safe next. */
final class Advice {
    private static final Facts NOTHING_KNOWN = new Facts(null, null, null, Duration.ZERO, Duration.ZERO);

    private Advice() {}

    /** Adds what the ring alone tells, which is never that a step under way is safe. */
    static Answer addTo(Answer answer, KeyRing ring) {
        return addTo(answer, RotationAdvice.next(ring, NOTHING_KNOWN), Instant.EPOCH);
    }

    /** Adds the advice as it stands at this time. */
    static Answer addTo(Answer answer, RotationAdvice advice, Instant now) {
        // The SDK adds a key, the command line makes a new one.
        String step = advice.step() == Step.ADD ? "new" : advice.step().name().toLowerCase(Locale.ROOT);
        String what = advice.keyId() == null ? step : step + " " + advice.keyId();
        answer.line("next: " + what + ", " + when(advice, now) + ": " + advice.why());
        Map<String, @Nullable Object> next = new LinkedHashMap<>();
        next.put("step", advice.step().name());
        next.put("keyId", advice.keyId());
        next.put("safe", isSafe(advice, now));
        next.put("notBefore", notBefore(advice));
        next.put("why", advice.why());
        return answer.member("next", next);
    }

    /** Whether the step may be done at this time. */
    static boolean isSafe(RotationAdvice advice, Instant now) {
        Instant notBefore = advice.notBefore();
        return notBefore != null && !now.isBefore(notBefore);
    }

    /** Null while it is not known, and where no time has to pass. */
    private static @Nullable String notBefore(RotationAdvice advice) {
        Instant notBefore = advice.notBefore();
        return notBefore == null || notBefore.equals(Instant.EPOCH) ? null : notBefore.toString();
    }

    private static String when(RotationAdvice advice, Instant now) {
        if (advice.notBefore() == null) {
            return "not yet safe";
        }
        return isSafe(advice, now) ? "safe now" : "not before " + advice.notBefore();
    }
}
