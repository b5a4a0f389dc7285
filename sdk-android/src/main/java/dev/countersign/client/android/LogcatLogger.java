package dev.countersign.client.android;

import android.util.Log;
import dev.countersign.client.delivery.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes to Logcat. Debug messages show after {@code adb shell setprop log.tag.Countersign DEBUG}. Of a cause, which is
 * the app's own exception, the place goes to the log and not the message: that may hold anything.
 */
final class LogcatLogger implements Logger {

    @Override
    public void log(Level level, String message, @Nullable Throwable cause) {
        int priority = level == Level.WARNING ? Log.WARN : Log.DEBUG;
        if (Log.isLoggable(CountersignAndroid.LOG_TAG, priority)) {
            Log.println(priority, CountersignAndroid.LOG_TAG, cause == null ? message : message + place(cause));
        }
    }

    private static String place(Throwable cause) {
        StringBuilder place = new StringBuilder();
        for (StackTraceElement frame : cause.getStackTrace()) {
            place.append("\n    at ").append(frame);
        }
        return place.toString();
    }
}
