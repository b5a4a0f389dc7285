package dev.countersign.samples.android;

import dev.countersign.client.identity.IssuedProof;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.json.JSONException;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** The app's own back end: log-in, log-out, and the proof of who is logged in. Calls block. Safe for several threads. */
final class BackEnd {
    private static final MediaType JSON = MediaType.get("application/json");

    private final HttpUrl url;
    private final OkHttpClient http = new OkHttpClient.Builder()
            .cookieJar(new SessionCookies())
            .callTimeout(10, TimeUnit.SECONDS)
            .build();

    BackEnd(String url) {
        this.url = HttpUrl.get(url);
    }

    /** Logs in and returns the user's id; null when name or password is wrong. */
    @Nullable
    String logIn(String username, String password) throws IOException {
        try {
            String body = new JSONObject()
                    .put("username", username)
                    .put("password", password)
                    .toString();
            String answer = call(request("login").post(RequestBody.create(body, JSON)));
            return answer == null ? null : new JSONObject(answer).getString("userId");
        } catch (JSONException e) {
            throw new IOException("the back end's answer is not understood", e);
        }
    }

    /** The proof of the logged-in user; null when nobody is, or no longer. */
    @Nullable
    IssuedProof proof() throws IOException {
        String answer = call(request("identity"));
        return answer == null ? null : IssuedProof.fromJson(answer);
    }

    /** Ends the session. */
    void logOut() throws IOException {
        call(request("logout").post(RequestBody.create("{}", JSON)));
    }

    private Request.Builder request(String path) {
        return new Request.Builder().url(url.newBuilder().addPathSegment(path).build());
    }

    /** The body of the answer; null for 401. */
    private @Nullable String call(Request.Builder request) throws IOException {
        try (Response response = http.newCall(request.build()).execute()) {
            if (response.code() == 401) {
                return null;
            }
            if (!response.isSuccessful() || response.body() == null) {
                throw new IOException("the back end answered " + response.code());
            }
            return response.body().string();
        }
    }

    /** Keeps the session in memory: another start of the app asks for a log-in. */
    private static final class SessionCookies implements CookieJar {
        private volatile List<Cookie> cookies = Collections.emptyList();

        @Override
        public void saveFromResponse(HttpUrl from, List<Cookie> received) {
            if (!received.isEmpty()) {
                cookies = received;
            }
        }

        @Override
        public List<Cookie> loadForRequest(HttpUrl to) {
            return cookies;
        }
    }
}
