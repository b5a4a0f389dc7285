package dev.countersign.samples.backends.contract;

final class GoContractTest extends BackEndContract {
    GoContractTest() {
        super(BackEndUnderTest.GO);
    }
}
