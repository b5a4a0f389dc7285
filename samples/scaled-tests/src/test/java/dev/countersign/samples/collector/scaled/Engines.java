package dev.countersign.samples.collector.scaled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** One broker and one PostgreSQL server for all tests of this JVM; a database and a topic for each test class. */
public final class Engines {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static Engines shared;

    private final Path directory;
    private final EngineProcess broker;
    private final EngineProcess postgres;
    private final int brokerPort = EngineProcess.freePort();
    private final int postgresPort = EngineProcess.freePort();

    private Engines() {
        try {
            directory = Files.createTempDirectory(target(), "engines");
            broker = EngineProcess.broker(directory.resolve("kafka"), brokerPort, EngineProcess.freePort());
            // No test of this server kills the machine, so nothing waits for its disk.
            postgres = EngineProcess.postgres(directory.resolve("postgres"), postgresPort, "fsync=off");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Started with the first call; skips the test where the engines are not built, and fails it on CI. */
    public static synchronized Engines shared() {
        requireBuilt();
        if (shared == null) {
            shared = new Engines();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                shared.broker.close();
                shared.postgres.close();
                delete(shared.directory);
            }));
        }
        return shared;
    }

    static void requireBuilt() {
        boolean built = Files.isDirectory(target().resolve("lib"));
        if (!built && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("samples/engines is not built");
        }
        if (!built) {
            System.out.println("skipped: samples/engines is not built, so there is no Kafka and no PostgreSQL");
        }
        Assumptions.assumeTrue(built, "samples/engines is not built");
    }

    /** With all that it holds; what cannot be deleted stays. */
    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.out.println(directory + " stays: " + e);
        }
    }

    static Path target() {
        return Path.of(System.getProperty("engines.target", "../engines/target"))
                .toAbsolutePath()
                .normalize();
    }

    /** A new database and a new topic. */
    public ScaledSettings fresh(String instance) {
        String name = "t" + NUMBER.incrementAndGet();
        try (Connection connection = connect("postgres")) {
            connection.createStatement().execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return new ScaledSettings(url(name), "postgres", "", "127.0.0.1:" + brokerPort, null, name, 3, 1, instance);
    }

    /** The settings for another instance. */
    public static ScaledSettings ofInstance(ScaledSettings settings, String name) {
        return new ScaledSettings(
                settings.postgres(),
                settings.user(),
                settings.password(),
                settings.kafka(),
                settings.kafkaConfig(),
                settings.topic(),
                settings.partitions(),
                settings.replicas(),
                name);
    }

    /** The environment of a process with these settings. */
    public static Map<String, String> environment(
            ScaledSettings settings, String name, int port, String adminToken, String masterKey) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PORT", Integer.toString(port));
        environment.put("COLLECTOR_INSTANCE", name);
        environment.put("COLLECTOR_ADMIN_TOKEN", adminToken);
        environment.put("COLLECTOR_MASTER_KEY", masterKey);
        environment.put("COLLECTOR_KAFKA", settings.kafka());
        environment.put("COLLECTOR_TOPIC", settings.topic());
        environment.put("COLLECTOR_TOPIC_PARTITIONS", Integer.toString(settings.partitions()));
        environment.put("COLLECTOR_TOPIC_REPLICAS", Integer.toString(settings.replicas()));
        environment.put("COLLECTOR_POSTGRES", settings.postgres());
        environment.put("COLLECTOR_POSTGRES_USER", settings.user());
        return environment;
    }

    /** The broker of all, standing still until this is closed. */
    public Paused pauseBroker() {
        return new Paused(broker);
    }

    /** A process that stands still. */
    public static final class Paused implements AutoCloseable {
        private final EngineProcess process;

        private Paused(EngineProcess process) {
            this.process = process;
            process.signal("STOP");
        }

        /** Lets it go on. */
        @Override
        public void close() {
            process.signal("CONT");
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", "");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + postgresPort + "/" + database;
    }
}
