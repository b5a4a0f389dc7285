package dev.countersign.samples.backends.contract;

final class SpringBootContractTest extends JvmBackEndContract {
    SpringBootContractTest() {
        super(BackEndUnderTest.SPRING_BOOT, "/actuator/health");
    }
}
