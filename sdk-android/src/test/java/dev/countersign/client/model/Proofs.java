package dev.countersign.client.model;

import dev.countersign.client.testkit.TestProofs;
import java.util.HashMap;
import java.util.Map;

/**
 * Every proof that anybody made, each with a text of its own, and for what it was supplied. The collector takes those of
 * the present generation; a rotation begins the next one.
 */
final class Proofs {
    /** Which ones the collector takes. */
    int valid = 1;
    /** Which ones the back end makes. */
    int issued = 1;

    private final Map<String, Proof> byText = new HashMap<>();

    /** A user's. */
    Proof ofUser(String userId) {
        int n = byText.size() + 1;
        return add(new Proof(TestProofs.value(userId, n), userId, null, issued, 0));
    }

    /** A group's. */
    Proof ofGroup(String groupId) {
        int n = byText.size() + 1;
        return add(new Proof(TestProofs.value(groupId, n), null, groupId, issued, 0));
    }

    /** A JWT about a user and perhaps their account. */
    Proof jwt(String userId, String groupId, long expiresAt) {
        String payload = "{\"sub\":\"" + userId + "\",\"visitor\":{\"id\":\"" + userId + "\"},"
                + (groupId == null ? "" : "\"account\":{\"id\":\"" + groupId + "\"},")
                + "\"nonce\":\"" + (byText.size() + 1) + "\",\"exp\":" + expiresAt / 1000 + "}";
        return add(new Proof(TestProofs.jwt(payload), userId, groupId, issued, expiresAt / 1000 * 1000));
    }

    private Proof add(Proof proof) {
        byText.put(proof.text, proof);
        return proof;
    }

    Proof find(String text) {
        return text == null ? null : byText.get(text);
    }

    /** Why a collector refuses this as a proof of the user or group; null when it does not. */
    String judge(Proof proof, long nowMillis) {
        return proof == null
                ? "MISSING"
                : proof.generation < valid ? "REVOKED_KEY" : proof.isOver(nowMillis) ? "EXPIRED" : null;
    }

    /** One proof. */
    static final class Proof {
        final String text;
        final String userId;
        final String groupId;
        private final int generation;
        private final long expiresAt;
        /** Where it may be used; none when it was never supplied, or too late. */
        int session;

        int process;

        Proof(String text, String userId, String groupId, int generation, long expiresAt) {
            this.text = text;
            this.userId = userId;
            this.groupId = groupId;
            this.generation = generation;
            this.expiresAt = expiresAt;
        }

        void supply(App app) {
            session = app.session;
            process = app.process;
        }

        private boolean isOver(long nowMillis) {
            return expiresAt != 0 && nowMillis >= expiresAt;
        }
    }
}
