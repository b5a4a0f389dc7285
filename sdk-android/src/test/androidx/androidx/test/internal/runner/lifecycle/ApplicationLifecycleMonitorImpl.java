package androidx.test.internal.runner.lifecycle;
/** Stands in for the class of this name of androidx.test, as far as Robolectric needs it. */
public class ApplicationLifecycleMonitorImpl implements androidx.test.runner.lifecycle.ApplicationLifecycleMonitor { public void signalLifecycleChange(android.app.Application a, androidx.test.runner.lifecycle.ApplicationStage s) {} }
