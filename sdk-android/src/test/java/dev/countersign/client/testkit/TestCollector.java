package dev.countersign.client.testkit;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;
import okio.BufferedSource;
import okio.GzipSource;
import okio.Okio;

/**
 * A collector that answers what a test scripted ({@link #next}), and otherwise by its {@link #judge}. It keeps every
 * request, and what it stored by event id. It is reached over HTTP on loopback, where it listens from the first look at
 * {@link #url} on, or by a {@link TestClient} without a socket. Safe for use by several threads.
 */
public final class TestCollector extends Dispatcher implements AutoCloseable {
    /** The events of each request, in order. */
    public final List<List<SentEvent>> batches = new CopyOnWriteArrayList<>();
    /** Address and headers of each request, without the body. */
    public final List<Request> requests = new CopyOnWriteArrayList<>();
    /** What each request said, decompressed. */
    public final List<String> bodies = new CopyOnWriteArrayList<>();
    /** The reason why an event's proof is refused; null accepts it. Accepts everything at first. */
    public volatile Function<SentEvent, String> judge = event -> null;
    /** When not 0, answers carry this as their {@code Date}, in epoch milliseconds. */
    public volatile long date;

    private final Map<String, SentEvent> stored = new LinkedHashMap<>();
    private final Deque<Function<List<SentEvent>, MockResponse>> script = new ArrayDeque<>();
    private Function<List<SentEvent>, MockResponse> always = this::judged;
    private MockWebServer server;

    /** Where it listens, such as {@code http://127.0.0.1:40123}. */
    public synchronized String url() {
        if (server == null) {
            server = new MockWebServer();
            server.setDispatcher(this);
            server.setServerSocketFactory(new NoDelayServerSockets());
            try {
                server.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return "http://127.0.0.1:" + server.getPort();
    }

    /** The next request that has no answer yet gets this one, and nothing of it is stored. See {@link Answers}. */
    public void next(MockResponse response) {
        nextBy(events -> response);
    }

    /** The same with a function, which may let something happen while the request is under way, or {@link #judged}. */
    public synchronized void nextBy(Function<List<SentEvent>, MockResponse> answer) {
        script.add(answer);
    }

    /** From now on every request gets the answer of this function, unless it has one of its own. */
    public synchronized void always(Function<List<SentEvent>, MockResponse> answer) {
        always = answer;
    }

    /** From now on requests are judged. */
    public synchronized void clearScript() {
        script.clear();
        always = this::judged;
    }

    /** What it accepted, each event once. */
    public synchronized Collection<SentEvent> stored() {
        return new ArrayList<>(stored.values());
    }

    /** Their names; null for those that have none. */
    public List<String> storedNames() {
        return stored().stream().map(SentEvent::name).collect(Collectors.toList());
    }

    /** Every event of every request, in order. */
    public List<SentEvent> sent() {
        return batches.stream().flatMap(List::stream).collect(Collectors.toList());
    }

    /**
     * Fails when an event was sent under the wrong user as far as the requests tell: an identified event without a proof
     * or an anonymous one with one, a proof that went with two users' events (or two groups'), a token that names another
     * user than its event does, a {@link TestProofs} proof beside its user's id but not theirs, or an event whose owner
     * changed between two attempts. That events were sent at all is for the test to see to.
     *
     * @throws AssertionError naming the event; no proof is printed
     */
    public void assertNoEventCrossedUsers() {
        new Crossings().check(sent());
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        return answer(request.getMethod(), request.getRequestUrl(), request.getHeaders(), request.getBody());
    }

    synchronized MockResponse answer(String method, HttpUrl address, Headers headers, Buffer gzippedBody) {
        List<SentEvent> events = read(gzippedBody);
        RequestBody none = method.equals("POST") ? RequestBody.create(new byte[0], null) : null;
        requests.add(new Request.Builder()
                .url(address)
                .method(method, none)
                .headers(headers)
                .build());
        batches.add(events);
        Function<List<SentEvent>, MockResponse> scripted = script.poll();
        MockResponse response = (scripted == null ? always : scripted).apply(events);
        if (date != 0) {
            response.setHeaders(response.getHeaders()
                    .newBuilder()
                    .set("Date", new Date(date))
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
                rejected.add(Answers.rejection(i, events.get(i).id(), "IDENTITY_UNVERIFIED", reason));
            } else if (stored.putIfAbsent(events.get(i).id(), events.get(i)) == null) {
                accepted++;
            } else {
                duplicates++;
            }
        }
        boolean none = !events.isEmpty() && rejected.size() == events.size();
        return none ? Answers.unverified(rejected) : Answers.settled(accepted, duplicates, rejected);
    }

    private List<SentEvent> read(Buffer gzippedBody) {
        try (BufferedSource unzipped = Okio.buffer(new GzipSource(gzippedBody))) {
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
        MockWebServer listening = server();
        if (listening != null) {
            try {
                listening.shutdown(); // not under the lock, which a request under way needs
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized MockWebServer server() {
        return server;
    }
}
