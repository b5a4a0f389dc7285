package dev.countersign.r8check;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** A collector that accepts one proof. It shares no class with the app: those are shrunk. */
final class LoopbackCollector implements AutoCloseable {
    private static final Pattern EVENT_ID = Pattern.compile("\\{\"id\":\"([0-9a-f-]{36})\"");

    private final String proof;
    private final Set<String> stored = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final HttpServer server;

    LoopbackCollector(String acceptedProof) {
        proof = "\"identityToken\":\"" + acceptedProof + "\"";
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/v1/events/batch", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Set<String> stored() {
        return stored;
    }

    int requests() {
        return requests.get();
    }

    /** Requests that were answered with 401. */
    int refused() {
        return refused.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String body = new String(new GZIPInputStream(exchange.getRequestBody()).readAllBytes(), StandardCharsets.UTF_8);
        StringBuilder rejected = new StringBuilder();
        List<MatchResult> starts = EVENT_ID.matcher(body).results().toList();
        int accepted = 0;
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1).start() : body.length();
            String id = starts.get(i).group(1);
            if (body.substring(starts.get(i).start(), end).contains(proof)) {
                stored.add(id);
                accepted++;
            } else {
                rejected.append(rejected.length() == 0 ? "" : ",")
                        .append("{\"index\":" + i + ",\"id\":\"" + id)
                        .append("\",\"code\":\"IDENTITY_UNVERIFIED\",\"reason\":\"SIGNATURE_MISMATCH\"}");
            }
        }
        int status = accepted == 0 ? 401 : 200;
        refused.addAndGet(status == 401 ? 1 : 0);
        String verdict = status == 200
                ? "{\"success\":true"
                : "{\"success\":false,\"error\":{\"code\":\"IDENTITY_UNVERIFIED\",\"message\":\"refused\"}";
        byte[] answer = (verdict + ",\"accepted\":" + accepted + ",\"duplicates\":0,\"rejected\":[" + rejected + "]}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
