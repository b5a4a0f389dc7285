package androidx.test.internal.runner.lifecycle;
/** Stands in for the class of this name of androidx.test, as far as Robolectric needs it. */
public final class ActivityLifecycleMonitorImpl implements androidx.test.runner.lifecycle.ActivityLifecycleMonitor { public void signalLifecycleChange(androidx.test.runner.lifecycle.Stage s, android.app.Activity a) {} }
