package dev.countersign.benchmarks.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * A loopback server that takes every SDK's requests, in a JVM of its own. It needs {@code
 * -Dsun.net.httpserver.nodelay=true}, or an answer waits for the client's delayed acknowledgement.
 *
 * <pre>
 * POST anything but /control   200 as the path's SDK expects it, or 503 during an outage
 * GET  /control/outage?on=…    begins or ends one
 * GET  /control/await?events=…&quiet=…&most=…   the tally, as soon as so many different events came, or none came for
 *                              so many milliseconds, or that time is over
 * </pre>
 */
final class Sink {
    /** Of its JVM. */
    static final List<String> OPTIONS = List.of("-Xmx512m", "-Dsun.net.httpserver.nodelay=true");

    private final Tally tally = new Tally();
    private volatile boolean outage;

    private Sink() {}

    /** Runs until its standard input ends, which it does with the process that started it. */
    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        Sink sink = new Sink();
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", sink::events);
        server.createContext("/control/", sink::control);
        server.start();
        System.out.println("port " + server.getAddress().getPort());
        while (System.in.read() >= 0) {
            // Until whoever started this is gone.
        }
        System.exit(0);
    }

    private void events(HttpExchange exchange) throws IOException {
        byte[] raw = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("GET")) {
            // Settings of Segment-Kotlin; others that ask are content with it.
            answer(
                    exchange,
                    200,
                    "{\"integrations\":{\"Segment.io\":{\"apiKey\":\"k\"}},\"plan\":{},\"edgeFunction\":{}}");
            return;
        }
        boolean refuse = outage;
        byte[] body = body(exchange, raw);
        tally.add(body, raw.length, !refuse);
        if (refuse) {
            answer(exchange, 503, "{}");
        } else if (path.endsWith("/events/batch")) {
            int accepted =
                    Tally.count(body, "{\"id\":"); // our own answer is only believed when it is about every event
            answer(exchange, 200, "{\"success\":true,\"accepted\":" + accepted + ",\"duplicates\":0,\"rejected\":[]}");
        } else {
            answer(exchange, 200, "{\"success\":true,\"status\":1,\"code\":200}");
        }
    }

    private void control(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getQuery();
        if (path.endsWith("/outage")) {
            outage = query.equals("on=true");
            answer(exchange, 200, "");
            return;
        }
        String[] values = query.split("[&=]", -1);
        try {
            answer(
                    exchange,
                    200,
                    tally.await(Integer.parseInt(values[1]), Long.parseLong(values[3]), Long.parseLong(values[5])));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] body(HttpExchange exchange, byte[] raw) throws IOException {
        if (!"gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            return raw;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(raw), 8192)) {
            return in.readAllBytes();
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
