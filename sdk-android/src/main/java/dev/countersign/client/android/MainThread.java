package dev.countersign.client.android;

import android.os.Handler;
import android.os.Looper;
import java.util.concurrent.Executor;

/** Runs tasks on the main thread, in order, never at once: a callback does not interrupt the call that caused it. */
final class MainThread implements Executor {
    private final Handler handler = new Handler(Looper.getMainLooper());

    @Override
    public void execute(Runnable task) {
        handler.post(task);
    }
}
