package dev.countersign.samples.rotation;

import java.nio.file.Path;

/**
 * Where things are and which way to rotate.
 *
 * @param samples the folder that holds the collector's and the back ends' modules
 * @param target where results go
 * @param scaled whether two collectors run on Kafka and PostgreSQL, or one on a file
 * @param overlap {@code true} if old and new key overlap, {@code false} if the secret is replaced at once
 */
record Settings(Path samples, Path target, boolean scaled, String overlap) {

    /** Reads {@code demo.samples}, {@code demo.target}, {@code demo.scaled} and {@code demo.overlap}; by default, as if run in the module. */
    static Settings fromSystemProperties() {
        return new Settings(
                Path.of(System.getProperty("demo.samples", ".."))
                        .toAbsolutePath()
                        .normalize(),
                Path.of(System.getProperty("demo.target", "target"))
                        .toAbsolutePath()
                        .normalize(),
                Boolean.getBoolean("demo.scaled"),
                System.getProperty("demo.overlap", "true"));
    }

    /**
     * Whether old and new key overlap.
     *
     * @throws IllegalArgumentException if the setting is neither {@code true} nor {@code false}
     */
    boolean keysOverlap() {
        if (!overlap.equals("true") && !overlap.equals("false")) {
            throw new IllegalArgumentException("demo.overlap is \"" + overlap + "\", allowed: true, false");
        }
        return overlap.equals("true");
    }

    Path collectorJar() {
        return samples.resolve("collector/target/collector.jar");
    }

    Path scaledCollectorJar() {
        return samples.resolve("collector-scaled/target/collector-scaled.jar");
    }

    /** The class path of the engines: a broker, a database, a proxy. */
    String engines() {
        Path engines = samples.resolve("engines/target");
        return engines.resolve("classes") + java.io.File.pathSeparator + engines.resolve("lib") + "/*";
    }

    /** The configuration that is deployed, too. */
    Path haproxyConfiguration() {
        return samples.resolve("collector/deploy/haproxy.cfg");
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
