package dev.countersign.client.watch;

import org.junit.runners.model.FrameworkMethod;
import org.junit.runners.model.InitializationError;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.internal.bytecode.InstrumentationConfiguration;

/** Robolectric, with what watches outside its class loader: the JDK's methods are instrumented once for the whole JVM. */
public final class WatchedRunner extends RobolectricTestRunner {

    public WatchedRunner(Class<?> test) throws InitializationError {
        super(test);
    }

    @Override
    protected InstrumentationConfiguration createClassLoaderConfig(FrameworkMethod method) {
        return new InstrumentationConfiguration.Builder(super.createClassLoaderConfig(method))
                .doNotAcquirePackage("dev.countersign.client.watch.Io")
                .build();
    }
}
