package dev.countersign.samples.collector.judging;

import dev.countersign.samples.collector.event.Entry.Event;
import dev.countersign.server.identity.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Without a key nothing can be proven; what carries no proof is judged as everywhere. */
final class NoKeysYet implements Proofs {
    @Override
    public Checked user(Event event) {
        return check(event.identityToken());
    }

    @Override
    public Checked group(Event event, String groupId, Checked user) {
        return check(event.groupToken());
    }

    @Override
    public boolean hasAnonymousTokens() {
        return true;
    }

    private static Checked check(@Nullable String proof) {
        return proof == null ? Checked.none() : Checked.failed(RejectionReason.UNKNOWN_KEY, null);
    }
}
