package dev.countersign.client.android;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.net.ConnectivityManager;

/** Before API 24: flushes when the system says that the network changed and there is one. Needs no permission. */
final class ConnectivityBroadcasts extends BroadcastReceiver implements Connectivity {
    private final Context context;
    private final Runnable flush;

    ConnectivityBroadcasts(Context context, Runnable flush) {
        this.context = context;
        this.flush = flush;
    }

    @Override
    @SuppressWarnings("deprecation") // what there was
    public void watch() {
        context.registerReceiver(this, new IntentFilter(ConnectivityManager.CONNECTIVITY_ACTION));
    }

    @Override
    public void leave() {
        context.unregisterReceiver(this);
    }

    @Override
    public void onReceive(Context receiving, Intent intent) {
        if (!intent.getBooleanExtra(ConnectivityManager.EXTRA_NO_CONNECTIVITY, false)) {
            flush.run();
        }
    }
}
