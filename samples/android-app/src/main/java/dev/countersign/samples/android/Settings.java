package dev.countersign.samples.android;

import android.content.Context;
import android.content.pm.PackageManager;
import android.os.Bundle;

/** What differs between installations: the public key of the environment and two addresses. No secret is among them. */
final class Settings {
    final String apiKey;
    final String collector;
    final String backEnd;

    Settings(String apiKey, String collector, String backEnd) {
        this.apiKey = apiKey;
        this.collector = collector;
        this.backEnd = backEnd;
    }

    /** The values of the manifest. */
    static Settings ofManifest(Context context) {
        try {
            Bundle values = context.getPackageManager()
                    .getApplicationInfo(context.getPackageName(), PackageManager.GET_META_DATA)
                    .metaData;
            return new Settings(
                    values.getString("countersign.apiKey", ""),
                    values.getString("countersign.endpoint", ""),
                    values.getString("sample.backEnd", ""));
        } catch (PackageManager.NameNotFoundException e) {
            throw new IllegalStateException("an app knows itself", e);
        }
    }
}
