package dev.countersign.samples.backends.contract;

final class PythonContractTest extends BackEndContract {
    PythonContractTest() {
        super(BackEndUnderTest.PYTHON);
    }
}
