package dev.countersign.client.android;

import android.annotation.TargetApi;
import android.app.Application;
import android.content.pm.PackageInfo;
import android.os.Build;

/** Calls that API 28 brought. */
@TargetApi(Build.VERSION_CODES.P)
final class Api28 {

    private Api28() {}

    static long versionCode(PackageInfo info) {
        return info.getLongVersionCode();
    }

    static String processName() {
        return Application.getProcessName();
    }
}
