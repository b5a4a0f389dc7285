package dev.countersign.samples.backends.contract;

final class PhpContractTest extends BackEndContract {
    PhpContractTest() {
        super(BackEndUnderTest.PHP);
    }
}
