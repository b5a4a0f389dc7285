package dev.countersign.samples.collector;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;

/**
 * The collector as a process: {@code java -jar target/collector.jar}. It prints the line {@code collector listening on
 * http://…} once it answers requests.
 */
public final class Collector implements AutoCloseable {
    private final ApplicationContext context;
    private final EmbeddedServer server;

    private Collector(ApplicationContext context, EmbeddedServer server) {
        this.context = context;
        this.server = server;
    }

    /** Starts a collector with the settings of the process. */
    public static void main(String[] args) {
        Collector collector = start(Settings.ofProcess());
        Runtime.getRuntime().addShutdownHook(new Thread(collector::close, "collector-shutdown"));
        System.out.println("collector listening on " + collector.url());
    }

    /**
     * Starts a collector.
     *
     * @param settings what the operator chose
     * @return the collector, ready for requests
     */
    public static Collector start(Settings settings) {
        ApplicationContext context = ApplicationContext.builder()
                .singletons(settings)
                .properties(Map.of("micronaut.server.host", settings.host(), "micronaut.server.port", port(settings)))
                .start();
        try {
            return new Collector(context, context.getBean(EmbeddedServer.class).start());
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /** Where it listens, without a path. */
    public String url() {
        return "http://" + server.getHost() + ":" + server.getPort();
    }

    /** Takes no more requests, answers those it has, and closes the database. */
    @Override
    public void close() {
        context.close();
    }

    private static int port(Settings settings) {
        return settings.port() == 0 ? -1 : settings.port();
    }
}
