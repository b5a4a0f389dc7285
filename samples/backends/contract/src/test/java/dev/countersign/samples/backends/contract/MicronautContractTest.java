package dev.countersign.samples.backends.contract;

final class MicronautContractTest extends JvmBackEndContract {
    MicronautContractTest() {
        super(BackEndUnderTest.MICRONAUT, "/management/health");
    }
}
