package dev.countersign.r8check;

import android.content.Context;
import dev.countersign.client.Countersign;
import dev.countersign.client.android.CountersignAndroid;
import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Identifies a user, tracks, has its proof refused once, fetches another, and delivers all. */
public final class SmokeApp {
    private final String back = "{\"userId\":\"u_1\",\"identityToken\":\"%s\",\"expiresAt\":\"2099-01-01T00:00:00Z\"}";
    private final String secondProof;
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile String reasons = "";

    /** {@code secondProof} is what the back end answers. */
    public SmokeApp(String secondProof) {
        this.secondProof = secondProof;
    }

    /** Tracks {@code events}, and says how it went. */
    public String run(Context context, String collector, String firstProof, int events) {
        Countersign countersign = CountersignAndroid.builder(context, "pk_smoke")
                .endpoint(collector)
                .proofProvider(this::fetch)
                .callbackExecutor(Runnable::run)
                .listener(new Listener())
                .build();
        countersign.identify("u_1", Attributes.of("plan", "pro"), IdentityProof.token(firstProof));
        for (int i = 0; i < events; i++) {
            countersign.track("Smoke " + i, Attributes.of("n", i, "half", i / 2.0, "even", i % 2 == 0));
        }
        boolean all = countersign.flush(60, TimeUnit.SECONDS);
        String diagnostics = countersign.diagnostics().toString();
        countersign.clearSession();
        countersign.close(5, TimeUnit.SECONDS);
        return "all " + all + ", fetches " + fetches + ", refused for " + reasons + ", " + diagnostics;
    }

    private IssuedProof fetch(ProofRequest request) {
        fetches.incrementAndGet();
        return IssuedProof.fromJson(back.replace("%s", secondProof));
    }

    private final class Listener extends DeliveryListener {
        @Override
        public void rejected(List<DeliveryOutcome> outcomes) {
            refused.addAndGet(outcomes.size());
            reasons = String.valueOf(outcomes.get(0).getReason());
        }
    }
}
