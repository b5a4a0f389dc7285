package dev.countersign.samples.collector.dashboard;

import dev.countersign.samples.collector.access.Sessions;
import dev.countersign.samples.collector.http.ApiException;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Sends who is not logged in to the log-in page, and lets viewers only look. */
@DashboardOnly
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class DashboardFilter {
    private final Sessions sessions;

    DashboardFilter(Sessions sessions) {
        this.sessions = sessions;
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        // The server runs every filter on a request that no route takes; that one gets its 404 or 405.
        if (RouteAttributes.getRouteMatch(request).isEmpty()) {
            return null;
        }
        Sessions.Session session = sessions.find(Cookies.session(request));
        boolean looksOnly = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        if (session == null) {
            boolean isPage = request.getHeaders().accept().stream()
                    .anyMatch(type -> type.getSubtype().equals("html"));
            if (looksOnly && isPage) {
                return HttpResponse.seeOther(URI.create("/login"));
            }
            throw new ApiException(HttpStatus.UNAUTHORIZED, "LOGIN_REQUIRED", "log in at /login");
        }
        if (!looksOnly && !session.caller().isAdmin()) {
            throw new ApiException(HttpStatus.FORBIDDEN, "ROLE_REQUIRED", "a viewer changes nothing");
        }
        request.setAttribute(Cookies.SESSION, session);
        return null;
    }
}
