package dev.countersign.samples.rotation;

import java.nio.file.Path;

/**
 * Where things are and which way to rotate.
 *
 * @param samples the folder that holds the collector's and the back ends' modules
 * @param target where results go
 * @param overlap whether old and new key overlap; false replaces the secret at once
 */
record Settings(Path samples, Path target, boolean overlap) {

    /** Reads {@code demo.samples}, {@code demo.target} and {@code demo.overlap}; by default, as if run in the module. */
    static Settings fromSystemProperties() {
        String overlap = System.getProperty("demo.overlap", "true");
        if (!overlap.equals("true") && !overlap.equals("false")) {
            throw new IllegalArgumentException("demo.overlap is \"" + overlap + "\", allowed: true, false");
        }
        return new Settings(
                Path.of(System.getProperty("demo.samples", ".."))
                        .toAbsolutePath()
                        .normalize(),
                Path.of(System.getProperty("demo.target", "target"))
                        .toAbsolutePath()
                        .normalize(),
                Boolean.parseBoolean(overlap));
    }

    Path collectorJar() {
        return samples.resolve("collector/target/collector.jar");
    }

    Path springBootJar() {
        return samples.resolve("backends/spring-boot/target/backend-spring-boot.jar");
    }

    Path micronautJar() {
        return samples.resolve("backends/micronaut/target/backend-micronaut.jar");
    }

    /** The run's own directory: store, ledgers, ring files, logs. */
    Path work() {
        return target.resolve("run");
    }
}
