package dev.countersign.samples.backends.contract;

final class MicronautContractTest extends BackEndContract {
    MicronautContractTest() {
        super(BackEndUnderTest.MICRONAUT);
    }
}
