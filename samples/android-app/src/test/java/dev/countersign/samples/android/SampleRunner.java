package dev.countersign.samples.android;

import org.junit.runners.model.FrameworkMethod;
import org.junit.runners.model.InitializationError;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.internal.bytecode.InstrumentationConfiguration;

/** Robolectric, with the world around the app outside its class loader. */
public final class SampleRunner extends RobolectricTestRunner {

    public SampleRunner(Class<?> test) throws InitializationError {
        super(test);
    }

    @Override
    protected InstrumentationConfiguration createClassLoaderConfig(FrameworkMethod method) {
        return new InstrumentationConfiguration.Builder(super.createClassLoaderConfig(method))
                .doNotAcquirePackage("dev.countersign.samples.rotation.")
                .doNotAcquirePackage("dev.countersign.server.")
                .doNotAcquirePackage("org.sqlite.")
                .build();
    }
}
