package dev.countersign.samples.backends.contract;

final class CSharpContractTest extends BackEndContract {
    CSharpContractTest() {
        super(BackEndUnderTest.CSHARP);
    }
}
