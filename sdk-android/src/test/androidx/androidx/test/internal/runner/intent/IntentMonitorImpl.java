package androidx.test.internal.runner.intent;
/** Stands in for the class of this name of androidx.test, as far as Robolectric needs it. */
public final class IntentMonitorImpl implements androidx.test.runner.intent.IntentMonitor { public void signalIntent(android.content.Intent i) {} }
