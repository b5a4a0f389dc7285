package androidx.test.runner.intent;
/** Stands in for the class of this name of androidx.test, as far as Robolectric needs it. */
public final class IntentStubberRegistry { public static boolean isLoaded() { return false; } public static IntentStubber getInstance() { throw new IllegalStateException(); } }
