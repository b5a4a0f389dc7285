package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.http.ApiException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;

/** Lets nobody through without the admin token. An API key opens nothing here. */
@AdminOnly
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AdminFilter {
    private final AdminCredential credential;

    AdminFilter(AdminCredential credential) {
        this.credential = credential;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        // The server runs every filter on a request that no route takes; that one gets its 404 or 405.
        boolean hasRoute = RouteAttributes.getRouteMatch(request).isPresent();
        if (hasRoute
                && !credential.matches(request.getHeaders().getAuthorization().orElse(""))) {
            throw new ApiException(
                    HttpStatus.UNAUTHORIZED, "INVALID_ADMIN_TOKEN", "Authorization: Bearer <admin token> is required");
        }
    }
}
