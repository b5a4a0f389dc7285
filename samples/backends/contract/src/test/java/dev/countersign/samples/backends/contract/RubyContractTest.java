package dev.countersign.samples.backends.contract;

final class RubyContractTest extends BackEndContract {
    RubyContractTest() {
        super(BackEndUnderTest.RUBY);
    }
}
