package dev.countersign.samples.kill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A phase that no stack can show would never be aimed at. */
class PhaseTest {
    @ParameterizedTest
    @EnumSource
    void everyPhase_namesMethodsOfTheClient(Phase phase) throws ClassNotFoundException {
        for (String method : phase.methods()) {
            int dot = method.lastIndexOf('.');
            Method[] there = Class.forName(method.substring(0, dot)).getDeclaredMethods();
            assertTrue(Arrays.stream(there).anyMatch(each -> each.getName().equals(method.substring(dot + 1))), method);
        }
    }
}
