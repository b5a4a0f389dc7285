package dev.countersign.samples.collector.scaled;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.samples.collector.Settings;
import dev.countersign.samples.collector.storage.AcceptedEvent;
import dev.countersign.samples.collector.storage.StoreOutcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The consumer as a process of its own. It prints the line {@code consumer listening on http://…} once it reads, and
 * answers {@code GET /health} and {@code GET /metrics} there ({@code HOST}, {@code PORT}; default 127.0.0.1, 8081).
 */
public final class Consumer implements EventConsumer.Outcomes {
    private static final int MAX_PORT = 65_535;

    private final Map<StoreOutcome, LongAdder> counts = new EnumMap<>(StoreOutcome.class);
    private final AtomicLong lag = new AtomicLong();
    private final AtomicLong setAside = new AtomicLong();

    private Consumer() {
        for (StoreOutcome outcome : StoreOutcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    /** Starts a consumer with the settings of the process. */
    public static void main(String[] args) {
        try {
            new Consumer().run();
        } catch (IOException | RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            System.err.println("consumer did not start: " + cause.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException {
        ScaledSettings settings = ScaledSettings.ofProcess();
        PostgresDatabase database = PostgresDatabase.open(settings);
        Topic.create(settings);
        EventConsumer consumer = new EventConsumer(database, settings, Clock.systemUTC(), this);
        String host = setting("HOST", "127.0.0.1");
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port()), 0);
        server.createContext("/health", request -> {
            boolean up = consumer.isRunning();
            answer(request, up ? 200 : 503, "{\"status\":\"" + (up ? "UP" : "DOWN") + "\"}");
        });
        server.createContext("/metrics", request -> answer(request, 200, metrics()));
        consumer.start();
        server.start();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.stop(0);
                            consumer.close();
                            database.close();
                        },
                        "consumer-shutdown"));
        System.out.println("consumer listening on http://" + host + ":"
                + server.getAddress().getPort());
    }

    private static int port() {
        int port = Integer.parseInt(setting("PORT", "8081"));
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("PORT is " + port + "; allowed are 0 to " + MAX_PORT);
        }
        return port;
    }

    private static String setting(String name, String otherwise) {
        @Nullable String value = Settings.source().apply(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    private static void answer(HttpExchange request, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (request) {
            request.sendResponseHeaders(status, body.length);
            request.getResponseBody().write(body);
        }
    }

    @Override
    public void stored(List<AcceptedEvent> events, StoreOutcome[] outcomes) {
        for (StoreOutcome outcome : outcomes) {
            count(outcome);
        }
    }

    private void count(StoreOutcome outcome) {
        LongAdder count = counts.get(outcome);
        if (count != null) {
            count.increment();
        }
    }

    @Override
    public void lag(long records) {
        lag.set(records);
    }

    @Override
    public void setAside() {
        setAside.incrementAndGet();
    }

    private String metrics() {
        StringBuilder out = new StringBuilder(512)
                .append("# HELP consumer_events_total Events brought to the database, by what became of them.\n")
                .append("# TYPE consumer_events_total counter\n");
        counts.forEach((outcome, count) -> out.append("consumer_events_total{outcome=\"")
                .append(outcome.name().toLowerCase(Locale.ROOT))
                .append("\"} ")
                .append(count.sum())
                .append('\n'));
        return out.append("# HELP consumer_set_aside_total Records that no database takes; see the table unstorable.\n")
                .append("# TYPE consumer_set_aside_total counter\nconsumer_set_aside_total ")
                .append(setAside.get())
                .append("\n# HELP consumer_lag_records Records that wait in the topic for this consumer.\n")
                .append("# TYPE consumer_lag_records gauge\nconsumer_lag_records ")
                .append(lag.get())
                .append('\n')
                .toString();
    }
}
