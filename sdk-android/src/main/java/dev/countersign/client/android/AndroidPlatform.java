package dev.countersign.client.android;

import android.app.Application;
import android.content.Context;
import android.os.Build;
import dev.countersign.client.delivery.Logger;
import dev.countersign.client.internal.support.Clock;
import dev.countersign.client.internal.support.Platform;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Android around one client. */
final class AndroidPlatform implements Platform {
    private final Context context;
    private final Logger logger;
    // Guarded by this.
    private @Nullable Visibility visibility;
    private @Nullable Connectivity connectivity;

    AndroidPlatform(Context applicationContext, Logger logger) {
        this.context = applicationContext;
        this.logger = logger;
    }

    @Override
    public Clock clock() {
        return new ElapsedRealtime();
    }

    /** Excluded from backups: a queue that comes back on another device would speak for the user there. */
    @Override
    public File directory() throws IOException {
        File root = context.getNoBackupFilesDir();
        if (root == null) {
            throw new IOException("the app's private storage is not available");
        }
        String folder = ProcessName.folder(ProcessName.current(), context.getApplicationInfo().processName);
        return new File(new File(root, "countersign"), folder);
    }

    @Override
    public synchronized void begin(Runnable flush) {
        if (context instanceof Application) {
            visibility = new Visibility(flush);
            ((Application) context).registerActivityLifecycleCallbacks(visibility);
        }
        connectivity = Build.VERSION.SDK_INT >= Build.VERSION_CODES.N
                ? new DefaultNetwork(context, flush)
                : new ConnectivityBroadcasts(context, flush);
        try {
            connectivity.watch();
        } catch (RuntimeException e) {
            // ACCESS_NETWORK_STATE is not granted, or the app has too many callbacks: the client works without.
            connectivity = null;
            logger.log(
                    Logger.Level.DEBUG,
                    "the network cannot be watched: " + e.getClass().getName(),
                    null);
        }
    }

    @Override
    public synchronized void end() {
        if (visibility != null) {
            ((Application) context).unregisterActivityLifecycleCallbacks(visibility);
            visibility = null;
        }
        if (connectivity != null) {
            connectivity.leave();
            connectivity = null;
        }
    }
}
