package dev.countersign.samples.recipes.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.key.KeySource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The app's own back end for the length of a run: {@code GET /identity} answers for the session's user, as the ones in
 * samples/backends do, which are the ones to copy from. Thread-safe.
 */
public final class LocalBackEnd implements AutoCloseable {
    private static final JsonAdapter<Object> JSON = new Moshi.Builder().build().adapter(Object.class);

    private record User(String id, @Nullable String groupId) {}

    private final HmacSigner signer;
    private final HttpServer server;
    private final Map<String, User> sessions = new ConcurrentHashMap<>();

    /** Starts it on loopback, on a free port. */
    public LocalBackEnd(HmacFormat format, KeySource keys) throws IOException {
        signer = HmacSigner.create(format, keys);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/identity", this::identity);
        server.start();
    }

    /** Where it is, without a path. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The user has given name and password; returns the session's cookie. */
    public String logIn(String userId, @Nullable String groupId) {
        String session = UUID.randomUUID().toString();
        sessions.put(session, new User(userId, groupId));
        return "sid=" + session;
    }

    /** The session is over. */
    public void logOut(String cookie) {
        sessions.remove(cookie.substring("sid=".length()));
    }

    /** What the log-in's answer brings along: the user's proof. */
    public String signatureOf(String userId) {
        return signer.signUser(userId).value();
    }

    /** The same for the company that the user belongs to. */
    public String signatureOfGroup(String groupId) {
        return signer.signGroup(groupId).value();
    }

    private void identity(HttpExchange exchange) throws IOException {
        String cookie = exchange.getRequestHeaders().getFirst("Cookie");
        User user = cookie == null || !cookie.startsWith("sid=") ? null : sessions.get(cookie.substring(4));
        byte[] body = (user == null ? "{\"error\":{\"code\":\"NOT_LOGGED_IN\"}}" : JSON.toJson(identity(user)))
                .getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(user == null ? 401 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Map<String, String> identity(User user) {
        SignedProof proof = signer.signUser(user.id());
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("userId", user.id());
        identity.put("identityToken", proof.value());
        identity.put("signingKeyName", proof.keyId());
        identity.put("expiresAt", proof.expiresAt().toString());
        if (user.groupId() != null) {
            identity.put("groupId", user.groupId());
            identity.put("groupToken", signer.signGroup(user.groupId()).value());
        }
        return identity;
    }

    /** Ends it. */
    @Override
    public void close() {
        server.stop(0);
    }
}
