package dev.countersign.client.testkit;

import java.util.Collections;
import java.util.List;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;

/** Answers of a collector, and of what may stand in its place, for {@link TestCollector#next}. */
public final class Answers {
    private Answers() {}

    /** 200: each event has its verdict; {@code rejected} holds a {@link #rejection} for each that was not accepted. */
    public static MockResponse settled(int accepted, int duplicates, List<String> rejected) {
        return json(
                200,
                "{\"success\":true,\"accepted\":" + accepted + ",\"duplicates\":" + duplicates + ",\"rejected\":["
                        + String.join(",", rejected) + "]}");
    }

    /** One entry of {@link #settled}: the event at this place of the batch; {@code reason} may be null. */
    public static String rejection(int index, String id, String code, String reason) {
        return "{\"index\":" + index + ",\"id\":\"" + id + "\",\"code\":\"" + code + "\""
                + (reason == null ? "" : ",\"reason\":\"" + reason + "\"") + "}";
    }

    /** 401 with this reason, such as {@code EXPIRED}, and nothing of single events. */
    public static MockResponse unverified(String reason) {
        return json(
                401,
                "{\"success\":false,\"error\":{\"code\":\"IDENTITY_UNVERIFIED\",\"reason\":\"" + reason
                        + "\",\"message\":\"Incorrect user identity verification signature\"}}");
    }

    /** 401 that names each event of a batch, none of which was accepted. */
    static MockResponse unverified(List<String> rejected) {
        return json(
                401,
                "{\"success\":false,\"error\":{\"code\":\"IDENTITY_UNVERIFIED\",\"message\":\"no\"},"
                        + "\"accepted\":0,\"duplicates\":0,\"rejected\":[" + String.join(",", rejected) + "]}");
    }

    /** The collector's own refusal of a whole request, such as 503 {@code KEYS_UNAVAILABLE}. */
    public static MockResponse error(int status, String code) {
        return json(status, "{\"success\":false,\"error\":{\"code\":\"" + code + "\",\"message\":\"no\"}}");
    }

    /** 429: the next request may come in so many seconds. */
    public static MockResponse overloaded(int retryAfterSeconds) {
        return error(429, "OVERLOADED").setHeader("Retry-After", String.valueOf(retryAfterSeconds));
    }

    /** 307 to this address, which the client does not follow. */
    public static MockResponse redirect(String url) {
        return new MockResponse().setResponseCode(307).setHeader("Location", url);
    }

    /** The connection breaks before an answer comes. */
    public static MockResponse dropped() {
        return new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST);
    }

    /** The connection breaks in the middle of an answer that says that one event was accepted. */
    public static MockResponse truncated() {
        return settled(1, 0, Collections.<String>emptyList())
                .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY);
    }

    /** JSON with this status. */
    public static MockResponse json(int status, String body) {
        return new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", "application/json")
                .setBody(body);
    }
}
