package dev.countersign.samples.backends.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How to start one back end. Its settings reach it as environment variables, which every platform can read.
 *
 * @param name the back end's folder under {@code samples/backends}
 * @param program what must have been built or installed before; starting without it is an error that names it
 * @param command the command line
 */
record BackEndUnderTest(String name, Path program, List<String> command) {

    /** A Java back end: {@code target/backend-<name>.jar}, packaged by its own module, run by this test's Java. */
    static BackEndUnderTest jar(String name) {
        Path jar = Path.of("..", name, "target", "backend-" + name + ".jar").toAbsolutePath();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new BackEndUnderTest(name, jar, List.of(java, "-jar", jar.toString()));
    }

    void requireBuilt() {
        if (Files.notExists(program)) {
            throw new IllegalStateException(name + ": " + program + " is missing; package that module first");
        }
    }
}
