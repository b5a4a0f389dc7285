package dev.countersign.client.model;

import dev.countersign.client.delivery.CollectionMode;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofRequest;
import dev.countersign.client.model.Proofs.Proof;
import dev.countersign.client.testkit.ManualClock;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What stands behind the proof provider, and notes down which of its answers come in time to count. */
final class BackEnd {
    private static final long CUT_OFF_MILLIS = 30_000;

    /** What it answers. */
    enum Reply {
        PROOFS,
        NOTHING,
        FAILURE,
        ANOTHERS,
        EXPIRED,
        WITHOUT_GROUP
    }

    private final App app;
    private final Proofs proofs;
    private final ManualClock clock;
    private Reply reply = Reply.PROOFS;
    private Runnable meanwhile = () -> {};

    BackEnd(App app, Proofs proofs, ManualClock clock) {
        this.app = app;
        this.proofs = proofs;
        this.clock = clock;
    }

    /** The next answer, and what happens before it arrives. */
    void next(Reply answer, Runnable before) {
        reply = answer;
        meanwhile = before;
    }

    IssuedProof proofFor(ProofRequest request) throws IOException {
        int session = app.session;
        long asked = clock.elapsedMillis();
        Oracle.require(request.getUserId().equals(app.user), "asked for somebody who is not using the app");
        meanwhile.run();
        Thread.interrupted(); // the call may have been given up, on its own thread
        switch (reply) {
            case NOTHING:
                return null;
            case FAILURE:
                throw new IOException("no network");
            case ANOTHERS:
                String other = World.USERS.get((World.USERS.indexOf(request.getUserId()) + 1) % World.USERS.size());
                return IssuedProof.of(other, IdentityProof.token(proofs.ofUser(other).text));
            default:
                // While collection is paused nobody looks at the time.
                boolean inTime = clock.elapsedMillis() - asked < CUT_OFF_MILLIS || app.mode == CollectionMode.PAUSED;
                return issue(request, session == app.session && inTime);
        }
    }

    private IssuedProof issue(ProofRequest request, boolean counts) {
        Proof user = proofs.ofUser(request.getUserId());
        supply(user, counts);
        IssuedProof issued = IssuedProof.of(request.getUserId(), IdentityProof.token(user.text));
        if (request.getGroupId() != null && reply != Reply.WITHOUT_GROUP) {
            Proof group = proofs.ofGroup(request.getGroupId());
            supply(group, counts);
            issued = issued.withGroup(group.groupId, IdentityProof.token(group.text));
        }
        long lifetime = reply == Reply.EXPIRED ? -1 : TimeUnit.MINUTES.toMillis(15);
        return issued.expiresAt(clock.trueMillis() + lifetime);
    }

    private void supply(Proof proof, boolean counts) {
        if (counts) {
            proof.supply(app);
        }
    }
}
