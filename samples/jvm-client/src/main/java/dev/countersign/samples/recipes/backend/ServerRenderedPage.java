package dev.countersign.samples.recipes.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeySource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page that brings its user's proof along, so that its scripts need no request for it. Three things make that safe:
 *
 * <ul>
 *   <li>the proof is that of the session's user, and nobody else's page can be had from a cache: {@code no-store}
 *   <li>it stands in a data block, which browsers never run, and no user's name can end that block: see {@link #json}
 *   <li>{@code Content-Security-Policy} runs this site's own script files and no inline script
 * </ul>
 */
public final class ServerRenderedPage implements AutoCloseable {
    /** Who is logged in; the name is what the user typed. */
    public record User(String id, String name) {}

    private static final JsonAdapter<Object> JSON = new Moshi.Builder().build().adapter(Object.class);

    private static final String SCRIPT = """
            // What a snippet of the platform's reads, for example: userflow.identify(userId, {name}, {signature}).
            window.__IDENTITY__ = JSON.parse(document.getElementById('identity').textContent);
            document.getElementById('who').textContent = window.__IDENTITY__.name;
            """;

    private final HmacSigner signer;
    private final Function<HttpExchange, @Nullable User> session;
    private final HttpServer server;

    /**
     * Serves the page on loopback, on a free port.
     *
     * @param session the user of a request's session, or null: your framework's, and no other source of an id
     */
    public ServerRenderedPage(KeySource keys, Function<HttpExchange, @Nullable User> session) throws IOException {
        this.signer = HmacSigner.create(HmacFormat.HEX, keys);
        this.session = session;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::page);
        server.createContext("/app.js", exchange -> answer(exchange, 200, "text/javascript", SCRIPT));
        server.start();
    }

    /** Prints what a browser with a sample user's session gets; the user's name is the argument, if there is one. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String cookie = "sid=" + UUID.randomUUID();
        User sam = new User("u_123", args.length > 0 ? args[0] : "Sam Doe");
        try (ServerRenderedPage page = new ServerRenderedPage(
                SampleKeys.ofThisRun(),
                exchange -> cookie.equals(exchange.getRequestHeaders().getFirst("Cookie")) ? sam : null)) {
            HttpRequest request =
                    HttpRequest.newBuilder(page.url()).header("Cookie", cookie).build();
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            for (String name : List.of("Cache-Control", "Content-Security-Policy", "X-Content-Type-Options")) {
                System.out.println(
                        name + ": " + answer.headers().firstValue(name).orElse("none"));
            }
            System.out.print(answer.body());
        }
    }

    /** Where the page is. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void page(HttpExchange exchange) throws IOException {
        User user = session.apply(exchange);
        if (user == null) {
            answer(exchange, 401, "text/plain", "Log in first.\n");
            return;
        }
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("userId", user.id());
        identity.put("name", user.name());
        identity.put("signature", signer.signUser(user.id()).value());
        answer(exchange, 200, "text/html", html(identity));
    }

    private static String html(Map<String, String> identity) {
        return """
                <!doctype html>
                <html lang="en">
                <title>Invoices</title>
                <p>Logged in as <b id="who"></b>
                <script type="application/json" id="identity">%s</script>
                <script src="/app.js"></script>
                </html>
                """.formatted(json(identity));
    }

    /**
     * JSON that may stand between script tags: HTML looks for an end tag and for a comment there, whatever the quotes say,
     * so no {@code <}, {@code >} or {@code &} is left. To a JSON reader it is the same text.
     */
    static String json(Map<String, String> values) {
        return JSON.toJson(values)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Security-Policy", "default-src 'none'; script-src 'self'; base-uri 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        byte[] body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Ends the server. */
    @Override
    public void close() {
        server.stop(0);
    }
}
