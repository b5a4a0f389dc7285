package dev.countersign.samples.android;

import android.app.Application;
import android.content.Context;
import android.content.Intent;
import dev.countersign.client.Countersign;
import dev.countersign.client.android.CountersignAndroid;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofRequest;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Starts Countersign once, and keeps it and the back end for all screens. */
@SuppressWarnings("NullAway.Init") // by onCreate, before any screen
public class SampleApp extends Application {
    private final Executor background = Executors.newSingleThreadExecutor();
    private final LastRejection lastRejection = new LastRejection();
    private BackEnd backEnd;
    private Countersign countersign;
    private volatile @Nullable String userId;

    static SampleApp of(Context context) {
        return (SampleApp) context.getApplicationContext();
    }

    @Override
    public void onCreate() {
        super.onCreate();
        Settings settings = settings();
        backEnd = new BackEnd(settings.backEnd);
        countersign = CountersignAndroid.builder(this, settings.apiKey)
                .endpoint(settings.collector)
                .proofProvider(this::proof)
                .listener(lastRejection)
                .build();
    }

    /** Runs on a thread of Countersign's, whenever the current user needs a proof. */
    private @Nullable IssuedProof proof(ProofRequest request) throws IOException {
        IssuedProof proof = backEnd.proof();
        if (proof == null) {
            // The back end's session is over: whoever comes next must not be taken for this user.
            startActivity(new Intent(this, LoginActivity.class)
                    .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK | Intent.FLAG_ACTIVITY_CLEAR_TASK));
        }
        return proof;
    }

    /** Somebody logged in. */
    void loggedIn(String id) {
        userId = id;
        identify();
    }

    /** Tells Countersign who is logged in; the proof comes from {@link #proof}, now and whenever one expires. */
    void identify() {
        String id = userId;
        if (id != null) {
            countersign.identify(id);
        }
    }

    /** Nobody is logged in, or nobody whom we know. */
    void forgetUser() {
        userId = null;
        countersign.clearSession();
    }

    Countersign countersign() {
        return countersign;
    }

    BackEnd backEnd() {
        return backEnd;
    }

    LastRejection lastRejection() {
        return lastRejection;
    }

    /** For what must not run on the main thread. */
    protected Executor background() {
        return background;
    }

    /** Where collector and back end are. */
    protected Settings settings() {
        return Settings.ofManifest(this);
    }
}
