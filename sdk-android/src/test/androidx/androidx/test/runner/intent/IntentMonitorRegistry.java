package androidx.test.runner.intent;
/** Stands in for the class of this name of androidx.test, as far as Robolectric needs it. */
public final class IntentMonitorRegistry { public static void registerInstance(IntentMonitor m) {} }
