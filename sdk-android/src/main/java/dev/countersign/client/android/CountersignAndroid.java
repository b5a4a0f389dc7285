package dev.countersign.client.android;

import android.content.Context;
import dev.countersign.client.CountersignBuilder;
import dev.countersign.client.delivery.Logger;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.internal.support.Guard;

/**
 * The client on an Android device.
 *
 * <pre>{@code
 * Countersign countersign = CountersignAndroid.builder(this, "pk_live_…")
 *         .endpoint("https://collect.example.com")
 *         .proofProvider(backend::proofFor)
 *         .build();
 * }</pre>
 *
 * <p>Build one in {@code Application.onCreate} and keep it: it holds the application context only. What the builder sets
 * beforehand, and any of its methods replaces:
 *
 * <pre>
 * queue and session   in the app's private storage, not backed up; each process of the app has its own
 * flush               also when the last activity stops, when the first returns, and when the network comes back
 * callbackExecutor    the main thread
 * logger              Logcat, tag Countersign
 * context             of {@link #deviceContext}
 * </pre>
 *
 * <p>Needs the permission INTERNET. Sees the network come back from API 24 on only where ACCESS_NETWORK_STATE is granted;
 * otherwise the next event, flush or attempt finds out. Neither {@code builder} nor {@code build} makes a file or socket
 * call.
 */
public final class CountersignAndroid {
    /** The tag of the log. */
    public static final String LOG_TAG = "Countersign";

    private CountersignAndroid() {}

    /**
     * Starts a client of this app.
     *
     * @param context any of the app
     * @param apiKey {@code pk_…}, the environment's public key
     * @throws IllegalArgumentException when the key is empty, too long, or a secret
     */
    public static CountersignBuilder builder(Context context, String apiKey) {
        Context app = application(context);
        Logger logger = new LogcatLogger();
        return CountersignBuilder.on(new AndroidPlatform(app, logger), apiKey)
                .callbackExecutor(new MainThread())
                .logger(logger)
                .context(deviceContext(app).build());
    }

    /**
     * What tells where events come from, to add to: {@code app} (id, version, build), {@code os} (name, version, API level)
     * and {@code locale}, as of this call. No advertising id and nothing else that tells devices or people apart.
     */
    public static Attributes.Builder deviceContext(Context context) {
        return DeviceContext.of(application(context));
    }

    /** Null while the application itself is being set up. */
    private static Context application(Context context) {
        Context app = Guard.notNull("context", context).getApplicationContext();
        return app == null ? context : app;
    }
}
