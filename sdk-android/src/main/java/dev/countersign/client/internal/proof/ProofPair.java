package dev.countersign.client.internal.proof;

import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.internal.support.JsonBytes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The proofs that go with an event: the user's and, when the event names a group, the group's. Immutable, redacted. */
public final class ProofPair {
    /** No proof at all. */
    public static final ProofPair NONE = new ProofPair(null, null);

    private final @Nullable IdentityProof user;
    private final @Nullable IdentityProof group;
    private final byte[] fragment;

    ProofPair(@Nullable IdentityProof user, @Nullable IdentityProof group) {
        this.user = user;
        this.group = group;
        this.fragment = fragment(user, group);
    }

    /** The JSON members to put after an event's last one, with a leading comma; empty for none. Never to be printed. */
    public byte[] fragment() {
        return fragment;
    }

    /** Whether there is no proof in these. */
    public boolean isNone() {
        return user == null && group == null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProofPair
                && Objects.equals(user, ((ProofPair) other).user)
                && Objects.equals(group, ((ProofPair) other).group);
    }

    @Override
    public int hashCode() {
        return Objects.hash(user, group);
    }

    @Override
    public String toString() {
        return "ProofPair(redacted)";
    }

    private static byte[] fragment(@Nullable IdentityProof user, @Nullable IdentityProof group) {
        JsonBytes out = new JsonBytes(256);
        if (user != null) {
            out.raw(",\"identityToken\":").string(user.value());
        }
        String keyName = keyName(user, group);
        if (keyName != null) {
            out.raw(",\"signingKeyName\":").string(keyName);
        }
        if (group != null) {
            out.raw(",\"groupToken\":").string(group.value());
        }
        return out.toByteArray();
    }

    /** The wire has one key name for both proofs: none where they differ, and the collector tries its keys. */
    private static @Nullable String keyName(@Nullable IdentityProof user, @Nullable IdentityProof group) {
        if (user == null || group == null) {
            IdentityProof only = user == null ? group : user;
            return only == null ? null : only.signingKeyName();
        }
        return Objects.equals(user.signingKeyName(), group.signingKeyName()) ? user.signingKeyName() : null;
    }
}
