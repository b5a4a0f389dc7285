package dev.countersign.samples.backends.contract;

final class SpringBootContractTest extends BackEndContract {
    SpringBootContractTest() {
        super(BackEndUnderTest.SPRING_BOOT);
    }
}
