package androidx.test.runner.lifecycle;
/** Stands in for the class of this name of androidx.test, as far as Robolectric needs it. */
public enum Stage { PRE_ON_CREATE, CREATED, STARTED, RESUMED, PAUSED, STOPPED, RESTARTED, DESTROYED }
