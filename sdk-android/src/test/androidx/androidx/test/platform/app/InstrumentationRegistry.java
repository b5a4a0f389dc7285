package androidx.test.platform.app;

import android.app.Instrumentation;
import android.os.Bundle;
/** Stands in for the class of this name of androidx.test, as far as Robolectric needs it. */
public final class InstrumentationRegistry {
  private static volatile Instrumentation instrumentation;
  private static volatile Bundle arguments;
  private InstrumentationRegistry() {}
  public static Instrumentation getInstrumentation() { return instrumentation; }
  public static Bundle getArguments() { return new Bundle(arguments); }
  public static void registerInstance(Instrumentation i, Bundle b) { instrumentation = i; arguments = new Bundle(b); }
}
