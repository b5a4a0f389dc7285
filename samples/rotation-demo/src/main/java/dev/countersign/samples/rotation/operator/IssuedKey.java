package dev.countersign.samples.rotation.operator;

import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRotation;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.util.List;

/** A key that the collector created, with the secret that it shows this once. */
public record IssuedKey(String id, Secret secret) {

    /** A back end's first ring: this key alone, as the primary. */
    public KeyRing asFirstRing() {
        return KeyRing.of(1, List.of(SigningKey.of(id, secret, KeyStatus.PRIMARY)));
    }

    /** {@code ring} with this key added: it verifies, and does not sign yet. */
    public KeyRing addTo(KeyRing ring) {
        return KeyRotation.add(ring, id, secret);
    }

    /** {@code ring} with this key as its primary: it signs from now on. */
    public KeyRing promoteIn(KeyRing ring) {
        return KeyRotation.promote(ring, id);
    }

    /** {@code ring} without this key's secret; only its id stays, as revoked. */
    public KeyRing revokeIn(KeyRing ring) {
        return KeyRotation.revoke(ring, id);
    }
}
