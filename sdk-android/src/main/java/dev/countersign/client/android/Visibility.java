package dev.countersign.client.android;

import android.app.Activity;
import android.app.Application;
import android.os.Bundle;
import org.jspecify.annotations.Nullable;

/**
 * Flushes when the last activity stops, because the process may not live long then, and when one starts again, because a
 * frozen process hears of no network. Used by the main thread alone.
 */
final class Visibility implements Application.ActivityLifecycleCallbacks {
    private final Runnable flush;
    private int started;
    private boolean wasHidden;

    Visibility(Runnable flush) {
        this.flush = flush;
    }

    @Override
    public void onActivityStarted(Activity activity) {
        started++;
        if (wasHidden) {
            wasHidden = false;
            flush.run();
        }
    }

    @Override
    public void onActivityStopped(Activity activity) {
        // An activity that started before the client was built is not counted.
        started = Math.max(0, started - 1);
        if (started == 0 && !activity.isChangingConfigurations()) {
            wasHidden = true;
            flush.run();
        }
    }

    @Override
    public void onActivityCreated(Activity activity, @Nullable Bundle state) {}

    @Override
    public void onActivityResumed(Activity activity) {}

    @Override
    public void onActivityPaused(Activity activity) {}

    @Override
    public void onActivitySaveInstanceState(Activity activity, Bundle state) {}

    @Override
    public void onActivityDestroyed(Activity activity) {}
}
