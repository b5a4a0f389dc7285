package dev.countersign.samples.collector.judging;

import dev.countersign.samples.collector.event.Entry.Event;
import dev.countersign.server.identity.RejectionReason;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeySource;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** One token may prove the user and the group together; a token of its own may prove the group. */
final class JwtProofs implements Proofs {
    private final JwtVerifier verifier;

    JwtProofs(@Nullable String audience, KeySource keys, Clock clock) {
        JwtVerifier.Builder builder = JwtVerifier.builder(keys).clock(clock);
        this.verifier = (audience == null ? builder.anyAudience() : builder.audience(audience)).build();
    }

    @Override
    public Checked user(Event event) {
        String token = event.identityToken();
        String userId = event.userId();
        if (token == null) {
            return Checked.none();
        }
        if (userId != null) {
            return Checked.of(() -> verifier.verifyUser(userId, token, event.signingKeyName()));
        }
        return ofNobodyElse(event, Checked.of(() -> verifier.verify(token, event.signingKeyName())));
    }

    @Override
    public Checked group(Event event, String groupId, Checked user) {
        if (event.groupToken() != null) {
            return ofNobodyElse(
                    event, Checked.of(() -> verifier.verifyGroup(groupId, event.groupToken(), event.signingKeyName())));
        }
        VerifiedIdentity identity = user.identity();
        if (identity == null) {
            return user; // No token, or one that proves nothing: neither for the user nor for the group.
        }
        if (identity.groupId() == null) {
            return Checked.none();
        }
        return identity.groupId().equals(groupId)
                ? user
                : Checked.failed(RejectionReason.SUBJECT_MISMATCH, identity.keyId());
    }

    /** A token about a user proves nothing for an event of another user, or of none: another's membership least. */
    private static Checked ofNobodyElse(Event event, Checked checked) {
        VerifiedIdentity identity = checked.identity();
        return identity == null
                        || identity.userId() == null
                        || identity.userId().equals(event.userId())
                ? checked
                : Checked.failed(RejectionReason.SUBJECT_MISMATCH, identity.keyId());
    }

    @Override
    public boolean hasAnonymousTokens() {
        return true;
    }
}
