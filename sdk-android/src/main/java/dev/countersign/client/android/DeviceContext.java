package dev.countersign.client.android;

import android.content.Context;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.os.Build;
import dev.countersign.client.event.Attributes;
import java.util.Locale;

/** What goes with every event about app and system. */
final class DeviceContext {

    private DeviceContext() {}

    static Attributes.Builder of(Context context) {
        return Attributes.builder()
                .put("app", app(context))
                .put(
                        "os",
                        Attributes.of(
                                "name", "Android", "version", Build.VERSION.RELEASE, "api", Build.VERSION.SDK_INT))
                .put("locale", Locale.getDefault().toLanguageTag());
    }

    private static Attributes app(Context context) {
        String id = context.getPackageName();
        try {
            PackageInfo info = context.getPackageManager().getPackageInfo(id, 0);
            long build = Build.VERSION.SDK_INT >= Build.VERSION_CODES.P ? Api28.versionCode(info) : versionCode(info);
            return Attributes.of("id", id, "version", info.versionName, "build", build);
        } catch (PackageManager.NameNotFoundException | RuntimeException e) {
            // An app that does not know itself, as in some tests and launchers, or a system service that just died.
            return Attributes.of("id", id);
        }
    }

    @SuppressWarnings("deprecation") // all there was before API 28
    private static long versionCode(PackageInfo info) {
        return info.versionCode;
    }
}
