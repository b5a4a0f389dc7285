package dev.countersign.samples.backends.contract;

final class NodeContractTest extends BackEndContract {
    NodeContractTest() {
        super(BackEndUnderTest.NODE);
    }
}
