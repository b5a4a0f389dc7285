package androidx.test.runner.lifecycle;
/** Stands in for the class of this name of androidx.test, as far as Robolectric needs it. */
public final class ActivityLifecycleMonitorRegistry { public static void registerInstance(ActivityLifecycleMonitor m) {} }
