package dev.countersign.samples.collector.dashboard;

import dev.countersign.samples.collector.access.Sessions;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import org.jspecify.annotations.Nullable;

/** The session cookie. No script reads it, and no other site's link or form brings it along. */
final class Cookies {
    /** The cookie's name, and that of the request attribute that holds the session. */
    static final String SESSION = "collector-session";

    private Cookies() {}

    static @Nullable String session(HttpRequest<?> request) {
        return request.getCookies().findCookie(SESSION).map(Cookie::getValue).orElse(null);
    }

    /** The session that the filter found. */
    static Sessions.Session of(HttpRequest<?> request) {
        return request.getAttribute(SESSION, Sessions.Session.class)
                .orElseThrow(() -> new IllegalStateException("the page is not behind the filter"));
    }

    static Cookie fresh(HttpRequest<?> request, String value) {
        return cookie(request, value).maxAge(Sessions.LIFETIME);
    }

    static Cookie gone(HttpRequest<?> request) {
        return cookie(request, "").maxAge(0);
    }

    /** Behind a proxy with TLS the cookie never travels without. */
    private static Cookie cookie(HttpRequest<?> request, String value) {
        boolean secure = "https".equalsIgnoreCase(request.getHeaders().get("X-Forwarded-Proto"));
        return Cookie.of(SESSION, value)
                .path("/")
                .httpOnly(true)
                .sameSite(SameSite.Strict)
                .secure(secure);
    }
}
