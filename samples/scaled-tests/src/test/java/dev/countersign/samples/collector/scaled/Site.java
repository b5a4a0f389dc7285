package dev.countersign.samples.collector.scaled;

import dev.countersign.samples.collector.Collector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Two collectors behind HAProxy, one consumer, one broker, PostgreSQL: every one a process that may be killed. */
final class Site implements AutoCloseable {
    static final String ADMIN_TOKEN = "an-admin-token-for-tests-0123456789";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final Path directory;
    final Path postgresDirectory;
    final EngineProcess broker;
    final EngineProcess postgres;
    final List<EngineProcess> collectors;
    final EngineProcess consumer;
    final EngineProcess haproxy;
    final String url;
    final ScaledSettings settings;

    /**
     * Starts all.
     *
     * @param postgresDisk where PostgreSQL keeps its data; null for a directory beside the others'
     */
    Site(Path postgresDisk) throws IOException {
        directory = Files.createTempDirectory(Engines.target(), "site");
        postgresDirectory = (postgresDisk == null ? directory : postgresDisk).resolve("postgres");
        int brokerPort = EngineProcess.freePort();
        int postgresPort = EngineProcess.freePort();
        broker = EngineProcess.broker(directory.resolve("kafka"), brokerPort, EngineProcess.freePort());
        postgres = EngineProcess.postgres(postgresDirectory, postgresPort);
        settings = new ScaledSettings(
                "jdbc:postgresql://127.0.0.1:" + postgresPort + "/postgres",
                "postgres",
                "",
                "127.0.0.1:" + brokerPort,
                null,
                "events",
                4,
                1,
                "test");
        collectors = List.of(collector("one"), collector("two"));
        consumer = EngineProcess.program(Consumer.class, environment("consumer", 0), "consumer listening on ");
        int port = EngineProcess.freePort();
        haproxy = EngineProcess.haproxy(
                Path.of("../collector/deploy/haproxy.cfg").toAbsolutePath().normalize(),
                port,
                Map.of(
                        "COLLECTOR_BIND", "127.0.0.1:" + port,
                        "COLLECTOR_1", authority(collectors.get(0)),
                        "COLLECTOR_2", authority(collectors.get(1))));
        url = "http://127.0.0.1:" + port;
        awaitUp(url); // The proxy asks the collectors for their health first.
    }

    private EngineProcess collector(String name) {
        return EngineProcess.program(
                Collector.class, environment(name, EngineProcess.freePort()), "collector listening on ");
    }

    private Map<String, String> environment(String name, int port) {
        return Engines.environment(
                settings, name, port, ADMIN_TOKEN, Base64.getEncoder().encodeToString(new byte[32]));
    }

    private static String authority(EngineProcess collector) {
        return URI.create(collector.ready()).getAuthority();
    }

    /** Posts as the administrator; the answer's JSON. */
    static String post(String base, String path, String json) {
        try {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(base + path))
                            .header("Authorization", "Bearer " + ADMIN_TOKEN)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(json))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(path + " answered " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitUp(String base) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + "/health")).build();
        try {
            while (HTTP.send(request, BodyHandlers.discarding()).statusCode() != 200) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A figure of the consumer; -1 while it does not answer. */
    long consumerMetric(String name) {
        return consumer.metric(name);
    }

    long number(String sql) {
        try (Connection connection = DriverManager.getConnection(settings.postgres(), settings.user(), "");
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            return -1;
        }
    }

    /** Resident memory of the collectors, in MiB. */
    List<Long> memory() {
        return collectors.stream()
                .map(collector -> {
                    try {
                        return Files.readAllLines(Path.of("/proc/" + collector.pid() + "/status")).stream()
                                        .filter(line -> line.startsWith("VmRSS:"))
                                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                                        .findFirst()
                                        .orElse(0)
                                >> 10;
                    } catch (IOException e) {
                        return 0L;
                    }
                })
                .toList();
    }

    @Override
    public void close() {
        haproxy.close(); // Not killed: HAProxy itself is a child of it, and would stay.
        collectors.forEach(EngineProcess::kill);
        consumer.kill();
        broker.kill();
        postgres.close();
        Engines.delete(directory);
    }
}
