package dev.countersign.client;

import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofRequest;
import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.testkit.SentEvent;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A client whose back end hands out numbered proofs and whose collector takes one of them. */
@Timeout(60)
abstract class ProofFlowFixture {
    final List<ProofRequest> asked = new ArrayList<>();

    /** Which proof of a user the back end hands out now. */
    int issued = 1;

    /** Which one the collector takes. */
    volatile int valid = 1;

    long lifetime;

    TestClient rig = TestClient.overHttp();

    @AfterEach
    void close() {
        rig.close();
    }

    void withProvider() {
        rig.close();
        rig = TestClient.overHttp(builder -> builder.proofProvider(this::fetch));
        judge();
    }

    void judge() {
        rig.collector.judge = event -> event.userId() == null
                        || TestProofs.value(event.userId(), valid).equals(event.token())
                ? null
                : "SIGNATURE_MISMATCH";
    }

    IssuedProof fetch(ProofRequest request) {
        asked.add(request);
        IssuedProof proof = IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), issued));
        if (request.getGroupId() != null) {
            proof = proof.withGroup(request.getGroupId(), TestProofs.of(request.getGroupId(), issued));
        }
        return lifetime == 0 ? proof : proof.expiresAt(rig.clock.trueMillis() + lifetime);
    }

    List<Cause> causes() {
        return asked.stream().map(ProofRequest::getCause).toList();
    }

    static List<String> ids(List<SentEvent> events) {
        return events.stream().map(SentEvent::id).toList();
    }
}
