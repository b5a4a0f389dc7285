package dev.countersign.samples.backends.contract;

final class ElixirContractTest extends BackEndContract {
    ElixirContractTest() {
        super(BackEndUnderTest.ELIXIR);
    }
}
