package dev.countersign.samples.collector.judging;

import dev.countersign.samples.collector.event.Entry.Event;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.key.KeySource;

/** Every id has its own proof: a user's never covers for a group's. */
final class HmacProofs implements Proofs {
    private final HmacVerifier verifier;

    HmacProofs(HmacFormat format, KeySource keys) {
        this.verifier = HmacVerifier.create(format, keys);
    }

    @Override
    public Checked user(Event event) {
        String userId = event.userId();
        return userId == null || event.identityToken() == null
                ? Checked.none()
                : Checked.of(() -> verifier.verifyUser(userId, event.identityToken(), event.signingKeyName()));
    }

    @Override
    public Checked group(Event event, String groupId, Checked user) {
        return event.groupToken() == null
                ? Checked.none()
                : Checked.of(() -> verifier.verifyGroup(groupId, event.groupToken(), event.signingKeyName()));
    }

    @Override
    public boolean hasAnonymousTokens() {
        return false;
    }
}
