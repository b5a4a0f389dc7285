package dev.countersign.client.android;

import android.annotation.TargetApi;
import android.content.Context;
import android.net.ConnectivityManager;
import android.net.Network;
import android.os.Build;

/** From API 24 on: flushes when the device has a network, and when it changes to another one. */
@TargetApi(Build.VERSION_CODES.N)
final class DefaultNetwork extends ConnectivityManager.NetworkCallback implements Connectivity {
    private final Context context;
    private final Runnable flush;

    DefaultNetwork(Context context, Runnable flush) {
        this.context = context;
        this.flush = flush;
    }

    @Override
    public void watch() {
        manager().registerDefaultNetworkCallback(this);
    }

    @Override
    public void leave() {
        manager().unregisterNetworkCallback(this);
    }

    @Override
    public void onAvailable(Network network) {
        flush.run();
    }

    private ConnectivityManager manager() {
        return (ConnectivityManager) context.getSystemService(Context.CONNECTIVITY_SERVICE);
    }
}
