package dev.countersign.client.android;

import android.app.Application;
import android.content.Context;
import android.content.Intent;
import android.net.ConnectivityManager;
import android.os.Build;
import android.os.Looper;
import org.robolectric.Shadows;
import org.robolectric.shadows.ShadowNetwork;

/** Tells the app about its network, as the system of the API level does. */
public final class TestNetwork {

    private TestNetwork() {}

    public static void comesBack(Application app) {
        tell(app, true);
    }

    public static void goes(Application app) {
        tell(app, false);
    }

    @SuppressWarnings("deprecation")
    private static void tell(Application app, boolean available) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.N) {
            ConnectivityManager manager = (ConnectivityManager) app.getSystemService(Context.CONNECTIVITY_SERVICE);
            for (ConnectivityManager.NetworkCallback callback :
                    Shadows.shadowOf(manager).getNetworkCallbacks()) {
                if (available) {
                    callback.onAvailable(ShadowNetwork.newInstance(1));
                } else {
                    callback.onLost(ShadowNetwork.newInstance(1));
                }
            }
        } else {
            Intent change = new Intent(ConnectivityManager.CONNECTIVITY_ACTION);
            if (!available) {
                change.putExtra(ConnectivityManager.EXTRA_NO_CONNECTIVITY, true);
            }
            app.sendBroadcast(change);
            Shadows.shadowOf(Looper.getMainLooper()).idle();
        }
    }
}
