package dev.countersign.client.internal.proof;

import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.internal.session.Owner;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The proofs of one user or visitor and of their groups, in memory only. Guarded by the keeper's lock. */
final class OwnerProofs {
    private static final long MOST_AHEAD_MILLIS = 60_000;

    private final Map<String, Dated> groups = new HashMap<>();
    private @Nullable Dated user;
    private long receivedElapsed;
    private double jitter;
    /** After log-out: good for what is queued already, never renewed. */
    private boolean sendOnly;
    /** After log-out: the events wait for the user's return, proven or not. */
    private boolean held;
    /** Whether an event has gone out with these; unused ones are not renewed ahead. */
    private boolean used;

    /** {@code expiresAt} is by the server's clock; 0 when it is not known to expire. */
    void putUser(IdentityProof proof, long expiresAt, long nowElapsed, double jitter) {
        if (user != null && !isAbout(user.proof.groupId(), proof)) {
            // A token about the visitor alone may follow one that names the account: that one still proves the group.
            keepAsGroup(user);
        }
        this.user = new Dated(proof, expiresAt);
        this.receivedElapsed = nowElapsed;
        this.jitter = jitter;
        this.used = false;
    }

    /** What the provider gave; {@code dated} unless its expiry is not to be believed. */
    void putIssued(IssuedProof issued, boolean dated, long nowElapsed, double jitter) {
        putUser(issued.getProof(), dated ? issued.getExpiresAt() : 0, nowElapsed, jitter);
        IdentityProof group = issued.getGroupProof();
        if (issued.getGroupId() != null && group != null) {
            putGroup(issued.getGroupId(), group, dated ? group.expiresAt() : 0);
        }
    }

    void putGroup(String groupId, IdentityProof proof, long expiresAt) {
        groups.put(groupId, new Dated(proof, expiresAt));
    }

    /** What proved the visitor's group proves that of the user whom they became. */
    void addGroups(OwnerProofs visitor) {
        groups.putAll(visitor.groups);
        if (visitor.user != null) {
            keepAsGroup(visitor.user);
        }
    }

    private void keepAsGroup(Dated account) {
        String groupId = account.proof.groupId();
        if (groupId != null) {
            groups.put(groupId, account);
        }
    }

    void retainGroups(Set<String> groupIds) {
        groups.keySet().retainAll(groupIds);
    }

    /** The proofs that this owner's events need; null when one is missing and {@code partial} ones will not do. */
    @Nullable
    ProofPair compose(Owner owner, boolean partial) {
        Dated group = group(owner);
        boolean grouped = owner.groupId() == null || group != null || isAbout(owner.groupId());
        boolean complete = grouped && (owner.isAnonymous() || user != null);
        if (held || !(complete || partial)) {
            return null;
        }
        return new ProofPair(user == null ? null : user.proof, group == null ? null : group.proof);
    }

    /** The proof of the owner's group, unless the user's covers it. */
    private @Nullable Dated group(Owner owner) {
        return owner.groupId() == null || isAbout(owner.groupId()) ? null : groups.get(owner.groupId());
    }

    private boolean isAbout(@Nullable String groupId) {
        return user != null && isAbout(groupId, user.proof);
    }

    private static boolean isAbout(@Nullable String groupId, IdentityProof proof) {
        return groupId != null && groupId.equals(proof.groupId());
    }

    /** Whether a proof that this owner's events need is over. */
    boolean isExpired(Owner owner, ServerClock clock) {
        return clock.isOver(expiresAt(owner));
    }

    /** Milliseconds until these should be renewed ahead of their expiry; {@code never} when they need not be. */
    long untilRefresh(Owner owner, ServerClock clock, long never) {
        long expiresAt = expiresAt(owner);
        if (expiresAt == 0 || !used || sendOnly) {
            return never;
        }
        long lifetime = expiresAt - clock.at(receivedElapsed);
        double ahead = Math.max(0, Math.min(MOST_AHEAD_MILLIS, lifetime / 10.0));
        return Math.max(0, expiresAt - (long) (ahead * (1 + jitter / 2)) - clock.now());
    }

    /** When the first of the owner's proofs is over; 0 when none is known to be. */
    private long expiresAt(Owner owner) {
        Dated group = group(owner);
        long ofUser = user == null ? 0 : user.expiresAt;
        long ofGroup = group == null ? 0 : group.expiresAt;
        return ofUser == 0 || ofGroup == 0 ? ofUser + ofGroup : Math.min(ofUser, ofGroup);
    }

    void markUsed() {
        used = true;
    }

    void makeSendOnly() {
        sendOnly = true;
    }

    /** Gives the proofs up; nothing is sent until a new session of the user begins. */
    void hold() {
        makeSendOnly();
        held = true;
        user = null;
        groups.clear();
    }

    boolean isSendOnly() {
        return sendOnly;
    }

    /** A proof and its expiry by the server's clock, 0 when it is not known to expire. */
    private static final class Dated {
        final IdentityProof proof;
        final long expiresAt;

        Dated(IdentityProof proof, long expiresAt) {
            this.proof = proof;
            this.expiresAt = expiresAt;
        }
    }
}
