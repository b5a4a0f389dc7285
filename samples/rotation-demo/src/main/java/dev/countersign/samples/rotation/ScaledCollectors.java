package dev.countersign.samples.rotation;

import dev.countersign.samples.rotation.ledger.EventStore;
import dev.countersign.samples.rotation.ledger.StoredEvent;
import dev.countersign.samples.rotation.operator.CollectorAdmin;
import dev.countersign.samples.rotation.process.ChildProcess;
import dev.countersign.samples.rotation.process.Children;
import dev.countersign.samples.rotation.process.JavaProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two collectors behind HAProxy, a Kafka broker, a consumer and PostgreSQL: real processes on loopback. */
final class ScaledCollectors implements CollectorSite {
    private static final int INSTANCES = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ENGINE_READY = "READY";
    private static final String ENGINES = "dev.countersign.samples.engines.";
    private static final String CONSUMER = "dev.countersign.samples.collector.scaled.Consumer";
    private static final String CONSUMER_READY = "consumer listening on ";
    /** The consumer looks at its lag five times a second. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final int LOOKS = 4;

    private final List<ChildProcess> collectors = new ArrayList<>();
    private final List<CollectorAdmin> admins = new ArrayList<>();
    private final String adminToken = Cast.secret();
    private final String masterKey = masterKey();
    private final int brokerPort;
    private final int postgresPort;
    private final String url;
    private final CollectorAdmin admin;
    private final String consumerUrl;

    ScaledCollectors(Settings settings, Children children) throws Exception {
        brokerPort = freePort();
        postgresPort = freePort();
        ChildProcess broker = engine(children, settings, "KafkaBroker", "kafka", brokerPort, freePort());
        ChildProcess postgres = engine(children, settings, "PostgresServer", "postgres", postgresPort);
        broker.awaitReady(PATIENCE);
        postgres.awaitReady(PATIENCE);
        List<String> urls = new ArrayList<>();
        for (int i = 1; i <= INSTANCES; i++) {
            ChildProcess collector = children.start(
                    shared(JavaProgram.ofJar("collector-" + i, settings.scaledCollectorJar()), "collector-" + i),
                    OneCollector.READY,
                    line -> {});
            collectors.add(collector);
            String own = Stage.urlOf(collector, OneCollector.READY);
            urls.add(own);
            admins.add(new CollectorAdmin(own, adminToken));
        }
        ChildProcess consumer = children.start(
                shared(JavaProgram.ofJar("consumer", settings.scaledCollectorJar(), CONSUMER), "consumer"),
                CONSUMER_READY,
                line -> {});
        consumerUrl = Stage.urlOf(consumer, CONSUMER_READY);
        int port = freePort();
        JavaProgram haproxy = JavaProgram.ofClass("haproxy", settings.engines(), ENGINES + "HaProxy")
                .heap(32)
                .argument(settings.haproxyConfiguration().toString())
                .argument(Integer.toString(port))
                .environment("COLLECTOR_BIND", "127.0.0.1:" + port);
        for (int i = 0; i < INSTANCES; i++) {
            haproxy.environment("COLLECTOR_" + (i + 1), URI.create(urls.get(i)).getAuthority());
        }
        children.start(haproxy, ENGINE_READY, line -> {}).awaitReady(PATIENCE);
        url = "http://127.0.0.1:" + port;
        admin = new CollectorAdmin(url, adminToken);
    }

    private static ChildProcess engine(Children children, Settings settings, String main, String name, int... ports)
            throws IOException {
        JavaProgram program = JavaProgram.ofClass(name, settings.engines(), ENGINES + main)
                .heap(384)
                .property("org.slf4j.simpleLogger.defaultLogLevel", "warn")
                .argument(settings.work().resolve(name).toString());
        for (int port : ports) {
            program.argument(Integer.toString(port));
        }
        return children.start(program, ENGINE_READY, line -> {});
    }

    private JavaProgram shared(JavaProgram program, String name) {
        return program.heap(192)
                .environment("PORT", "0")
                .environment("COLLECTOR_INSTANCE", name)
                .environment("COLLECTOR_ADMIN_TOKEN", adminToken)
                .environment("COLLECTOR_MASTER_KEY", masterKey)
                .environment("COLLECTOR_KAFKA", "127.0.0.1:" + brokerPort)
                .environment("COLLECTOR_TOPIC_PARTITIONS", "4")
                .environment("COLLECTOR_TOPIC_REPLICAS", "1")
                .environment("COLLECTOR_POSTGRES", "jdbc:postgresql://127.0.0.1:" + postgresPort + "/postgres")
                .environment("COLLECTOR_POSTGRES_USER", "postgres");
    }

    @Override
    public int instances() {
        return INSTANCES;
    }

    @Override
    public String url() {
        return url;
    }

    /** Through the proxy: any instance will do. */
    @Override
    public CollectorAdmin admin() {
        return admin;
    }

    @Override
    public Map<String, Long> refusals() throws Exception {
        Map<String, Long> all = new TreeMap<>();
        for (CollectorAdmin one : admins) {
            one.refusals().forEach((reason, count) -> all.merge(reason, count, Long::sum));
        }
        return all;
    }

    @Override
    public List<StoredEvent> endAndRead() throws Exception {
        collectors.forEach(ChildProcess::close);
        for (int looks = 0; looks < LOOKS; ) {
            Thread.sleep(LOOK.toMillis());
            looks = hasCaughtUp() ? looks + 1 : 0;
        }
        return EventStore.readPostgres("jdbc:postgresql://127.0.0.1:" + postgresPort + "/postgres?user=postgres");
    }

    private boolean hasCaughtUp() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(consumerUrl + "/metrics"))
                .timeout(PATIENCE)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body()
                .contains("consumer_lag_records 0\n");
    }

    private static String masterKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
