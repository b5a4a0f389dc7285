package androidx.test.runner.lifecycle;
/** Stands in for the class of this name of androidx.test, as far as Robolectric needs it. */
public interface ApplicationLifecycleMonitor {}
