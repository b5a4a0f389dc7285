package dev.countersign.client.internal.proof;

import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.internal.session.Owner;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The proofs of one user or visitor and of their groups, in memory only. Guarded by the keeper's lock. */
final class Wallet {
    private static final long MOST_AHEAD_MILLIS = 60_000;

    private final Map<String, IdentityProof> groups = new HashMap<>();
    private @Nullable IdentityProof user;
    /** By the server's clock; 0 when they are not known to expire. */
    private long expiresAt;

    private long receivedElapsed;
    private double jitter;
    /** After log-out: good for what is queued already, never renewed. */
    private boolean sendOnly;
    /** Whether an event has gone out with these; unused ones are not renewed ahead. */
    private boolean used;

    void putUser(IdentityProof proof, long expiresAt, long nowElapsed, double jitter) {
        if (user != null && user.groupId() != null && !user.groupId().equals(proof.groupId())) {
            // A token about the visitor alone may follow one that names the account: that one still proves the group.
            groups.put(user.groupId(), user);
        }
        this.user = proof;
        this.expiresAt = expiresAt;
        this.receivedElapsed = nowElapsed;
        this.jitter = jitter;
        this.used = false;
    }

    void putGroup(String groupId, IdentityProof proof) {
        groups.put(groupId, proof);
    }

    void addGroups(Wallet other) {
        groups.putAll(other.groups);
    }

    /** The proofs that this owner's events need; null when one is missing and {@code partial} ones will not do. */
    @Nullable
    Credentials compose(Owner owner, boolean partial) {
        boolean complete = owner.isAnonymous() || user != null;
        IdentityProof group = null;
        if (owner.groupId() != null && !(user != null && owner.groupId().equals(user.groupId()))) {
            group = groups.get(owner.groupId());
            complete &= group != null;
        }
        return complete || partial ? new Credentials(user, group) : null;
    }

    boolean isExpired(ServerClock clock) {
        return expiresAt != 0 && clock.now() >= expiresAt;
    }

    /** Milliseconds until these should be renewed ahead of their expiry; {@code never} when they need not be. */
    long untilRefresh(ServerClock clock, long never) {
        if (expiresAt == 0 || !used || sendOnly) {
            return never;
        }
        long lifetime = expiresAt - clock.at(receivedElapsed);
        double ahead = Math.max(0, Math.min(MOST_AHEAD_MILLIS, lifetime / 10.0));
        return Math.max(0, expiresAt - (long) (ahead * (1 + jitter / 2)) - clock.now());
    }

    void markUsed() {
        used = true;
    }

    void makeSendOnly() {
        sendOnly = true;
    }

    boolean isSendOnly() {
        return sendOnly;
    }
}
