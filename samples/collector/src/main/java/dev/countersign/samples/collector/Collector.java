package dev.countersign.samples.collector;

import dev.countersign.samples.collector.runtime.Time;
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
        try {
            Collector collector = start(Settings.ofProcess());
            Runtime.getRuntime().addShutdownHook(new Thread(collector::close, "collector-shutdown"));
            System.out.println("collector listening on " + collector.url());
        } catch (RuntimeException e) {
            System.err.println("collector did not start: " + rootCause(e).getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts a collector.
     *
     * @param settings what the operator chose
     * @return the collector, ready for requests
     */
    public static Collector start(Settings settings) {
        return start(settings, Time.ofSystem());
    }

    /** With more that the storage needs. */
    static Collector start(Settings settings, Time time, Object... more) {
        ApplicationContext context = ApplicationContext.builder()
                .singletons(settings, time)
                .singletons(more)
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

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Takes no more requests, answers those it has, and closes the database. */
    @Override
    public void close() {
        context.close();
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static int port(Settings settings) {
        return settings.port() == 0 ? -1 : settings.port();
    }
}
