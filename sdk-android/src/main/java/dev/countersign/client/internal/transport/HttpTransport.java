package dev.countersign.client.internal.transport;

import dev.countersign.client.internal.support.Clock;
import java.io.IOException;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.CookieJar;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches with OkHttp. A client of the user's lends its connections, proxy and TLS settings only: interceptors and
 * listeners are dropped, because one that logs bodies would print proofs. Redirects are not followed, answers are not
 * cached, and a 401 never reaches an authenticator. OkHttp's own retry after a broken connection is harmless: the
 * collector stores an event id once.
 */
public final class HttpTransport implements Transport {
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    /** Room for 500 rejections with messages. */
    private static final long MAX_ANSWER_BYTES = 1024 * 1024;

    private static final long MAX_RETRY_AFTER_MILLIS = TimeUnit.HOURS.toMillis(24);

    private final HttpUrl url;
    private final String apiKey;
    private final long callTimeoutMillis;
    private final @Nullable OkHttpClient shared;
    private final @Nullable Interceptor network;
    private final Clock clock;

    private volatile @Nullable OkHttpClient client;
    private volatile @Nullable Call underWay;
    private volatile boolean closed;

    /**
     * Posts to {@code url}.
     *
     * @param shared the user's client, or null for one of our own
     * @param network what answers in place of the network, for tests; null to use that
     */
    public HttpTransport(
            HttpUrl url,
            String apiKey,
            long callTimeoutMillis,
            @Nullable OkHttpClient shared,
            @Nullable Interceptor network,
            Clock clock) {
        this.url = url;
        this.apiKey = apiKey;
        this.callTimeoutMillis = callTimeoutMillis;
        this.shared = shared;
        this.network = network;
        this.clock = clock;
    }

    @Override
    public Answer send(byte[] gzippedBatch, int events) {
        Request request = new Request.Builder()
                .url(url)
                .header("X-API-Key", apiKey)
                .header("Content-Encoding", "gzip")
                .post(RequestBody.create(gzippedBatch, JSON))
                .build();
        Call call = client().newCall(request);
        underWay = call;
        try (Response response = closed ? null : call.execute()) {
            return response == null ? Answer.foreign(Answer.Kind.FAILED, "closed") : read(response, events);
        } catch (IOException e) {
            return Answer.foreign(Answer.Kind.FAILED, e.getClass().getSimpleName());
        } finally {
            underWay = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        Call call = underWay;
        if (call != null) {
            call.cancel();
        }
        OkHttpClient own = shared == null ? client : null;
        if (own != null) {
            own.connectionPool().evictAll();
        }
    }

    /** Made on the delivery thread, at the first request: TLS set-up reads files. */
    private OkHttpClient client() {
        OkHttpClient made = client;
        if (made == null) {
            OkHttpClient base = shared == null ? new OkHttpClient() : shared;
            OkHttpClient.Builder builder = base.newBuilder();
            builder.interceptors().clear();
            builder.networkInterceptors().clear();
            if (network != null) {
                builder.addInterceptor(network);
            }
            made = builder.socketFactory(new NoDelaySockets(base.socketFactory()))
                    .eventListener(EventListener.NONE)
                    .followRedirects(false)
                    .followSslRedirects(false)
                    .authenticator(Authenticator.NONE)
                    .cookieJar(CookieJar.NO_COOKIES)
                    .cache(null)
                    .callTimeout(callTimeoutMillis, TimeUnit.MILLISECONDS)
                    .build();
            client = made;
        }
        return made;
    }

    private Answer read(Response response, int events) throws IOException {
        Answer answer = AnswerReader.read(response.code(), json(response.body()), events);
        long retryAfter = retryAfterMillis(response);
        // Only the collector's own word sets the clock: a captive portal's may be anything.
        Date date = answer.isFromCollector() ? response.headers().getDate("Date") : null;
        return answer.withHeaders(retryAfter, date == null ? 0 : date.getTime());
    }

    /** The body when it is whole and says that it is JSON; otherwise nothing. */
    private static String json(@Nullable ResponseBody body) throws IOException {
        MediaType type = body == null ? null : body.contentType();
        if (body == null || type == null || !type.subtype().equals("json")) {
            return "";
        }
        BufferedSource source = body.source();
        source.request(MAX_ANSWER_BYTES + 1);
        return source.getBuffer().size() > MAX_ANSWER_BYTES ? "" : source.readUtf8();
    }

    private long retryAfterMillis(Response response) {
        String value = response.header("Retry-After");
        boolean obeyed = response.code() == 429 || response.code() == 503;
        if (value == null || !obeyed) {
            return 0;
        }
        long millis;
        if (value.matches("\\d{1,9}")) {
            millis = TimeUnit.SECONDS.toMillis(Long.parseLong(value));
        } else {
            Date until = response.headers().getDate("Retry-After");
            Date now = response.headers().getDate("Date");
            millis = until == null ? 0 : until.getTime() - (now == null ? clock.wallMillis() : now.getTime());
        }
        return Math.max(0, Math.min(millis, MAX_RETRY_AFTER_MILLIS));
    }
}
