package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.access.Caller;
import dev.countersign.samples.collector.access.Credentials;
import dev.countersign.samples.collector.http.ApiException;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;

/** Lets nobody through without a credential, and viewers only to look. An API key opens nothing here. */
@AdminOnly
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AdminFilter {
    private static final String SCHEME = "Bearer ";

    private final Credentials credentials;

    AdminFilter(Credentials credentials) {
        this.credentials = credentials;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        // The server runs every filter on a request that no route takes; that one gets its 404 or 405.
        if (RouteAttributes.getRouteMatch(request).isEmpty()) {
            return;
        }
        String authorization = request.getHeaders().getAuthorization().orElse("");
        Caller caller =
                authorization.startsWith(SCHEME) ? credentials.caller(authorization.substring(SCHEME.length())) : null;
        if (caller == null) {
            throw new ApiException(
                    HttpStatus.UNAUTHORIZED, "INVALID_ADMIN_TOKEN", "Authorization: Bearer <admin token> is required");
        }
        boolean looksOnly = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        if (!looksOnly && !caller.isAdmin()) {
            throw new ApiException(HttpStatus.FORBIDDEN, "ROLE_REQUIRED", "a viewer's token changes nothing");
        }
        request.setAttribute(Caller.ATTRIBUTE, caller);
    }
}
