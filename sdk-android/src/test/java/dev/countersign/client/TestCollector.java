package dev.countersign.client;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;
import okio.GzipSource;
import okio.Okio;

/**
 * A collector on loopback HTTP. Answers with what a test scripted, then by its {@link #judge}; keeps every request, and
 * what it stored by event id.
 */
public final class TestCollector extends Dispatcher implements AutoCloseable {
    public final List<List<SentEvent>> batches = new CopyOnWriteArrayList<>();
    public final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    public final List<String> bodies = new CopyOnWriteArrayList<>();
    private final Map<String, SentEvent> stored = new LinkedHashMap<>();
    private final Deque<Function<List<SentEvent>, MockResponse>> script = new ArrayDeque<>();
    private final MockWebServer server = new MockWebServer();

    /** The reason why an event's proof is refused; null accepts it. */
    public volatile Function<SentEvent, String> judge = event -> null;
    /** When not 0, answers carry this as their {@code Date}. */
    public volatile long date;

    public TestCollector() {
        server.setDispatcher(this);
        server.setServerSocketFactory(new NoDelayServerSockets());
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** The next request gets this answer, and nothing of it is stored. */
    public void next(MockResponse response) {
        nextBy(events -> response);
    }

    /** The next request gets the answer of this function. */
    public synchronized void nextBy(Function<List<SentEvent>, MockResponse> answer) {
        script.add(answer);
    }

    /** From now on requests are judged. */
    public synchronized void clearScript() {
        script.clear();
    }

    public synchronized Collection<SentEvent> stored() {
        return new ArrayList<>(stored.values());
    }

    public List<String> storedNames() {
        return stored().stream().map(SentEvent::name).toList();
    }

    /** Every event of every request, in order. */
    public List<SentEvent> sent() {
        return batches.stream().flatMap(List::stream).toList();
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        List<SentEvent> events = read(request);
        requests.add(request);
        batches.add(events);
        Function<List<SentEvent>, MockResponse> scripted = script.poll();
        MockResponse response = scripted == null ? judged(events) : scripted.apply(events);
        if (date != 0) {
            response.setHeaders(response.getHeaders()
                    .newBuilder()
                    .set("Date", new java.util.Date(date))
                    .build());
        }
        return response;
    }

    /** What a real collector does: valid events are stored whatever their neighbours do. */
    public synchronized MockResponse judged(List<SentEvent> events) {
        List<String> rejected = new ArrayList<>();
        int accepted = 0;
        int duplicates = 0;
        for (int i = 0; i < events.size(); i++) {
            String reason = judge.apply(events.get(i));
            if (reason != null) {
                rejected.add(rejection(i, events.get(i).id(), "IDENTITY_UNVERIFIED", reason));
            } else if (stored.putIfAbsent(events.get(i).id(), events.get(i)) == null) {
                accepted++;
            } else {
                duplicates++;
            }
        }
        boolean none = !events.isEmpty() && rejected.size() == events.size();
        return none ? unverified(rejected) : settled(accepted, duplicates, rejected);
    }

    public static String rejection(int index, String id, String code, String reason) {
        return "{\"index\":" + index + ",\"id\":\"" + id + "\",\"code\":\"" + code + "\""
                + (reason == null ? "" : ",\"reason\":\"" + reason + "\"") + "}";
    }

    public static MockResponse settled(int accepted, int duplicates, List<String> rejected) {
        return json(
                200,
                "{\"success\":true,\"accepted\":" + accepted + ",\"duplicates\":" + duplicates + ",\"rejected\":["
                        + String.join(",", rejected) + "]}");
    }

    private static MockResponse unverified(List<String> rejected) {
        return json(
                401,
                "{\"success\":false,\"error\":{\"code\":\"IDENTITY_UNVERIFIED\",\"message\":\"no\"},"
                        + "\"accepted\":0,\"duplicates\":0,\"rejected\":[" + String.join(",", rejected) + "]}");
    }

    public static MockResponse unverified(String reason) {
        return json(
                401,
                "{\"success\":false,\"error\":{\"code\":\"IDENTITY_UNVERIFIED\",\"reason\":\"" + reason
                        + "\",\"message\":\"Incorrect user identity verification signature\"}}");
    }

    public static MockResponse error(int status, String code) {
        return json(status, "{\"success\":false,\"error\":{\"code\":\"" + code + "\",\"message\":\"no\"}}");
    }

    public static MockResponse json(int status, String body) {
        return new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", "application/json")
                .setBody(body);
    }

    private List<SentEvent> read(RecordedRequest request) {
        try (var unzipped =
                Okio.buffer(new GzipSource(new Buffer().write(request.getBody().readByteArray())))) {
            String body = unzipped.readUtf8();
            bodies.add(body);
            JsonReader json = JsonReader.of(new Buffer().writeUtf8(body));
            Map<?, ?> root = (Map<?, ?>) json.readJsonValue();
            if (json.peek() != JsonReader.Token.END_DOCUMENT) {
                throw new IOException("text after the batch");
            }
            List<SentEvent> events = new ArrayList<>();
            for (Object event : (List<?>) root.get("events")) {
                Map<String, Object> members = new LinkedHashMap<>();
                ((Map<?, ?>) event).forEach((name, value) -> members.put((String) name, value));
                events.add(new SentEvent(members));
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.shutdown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
