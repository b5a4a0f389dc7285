package dev.countersign.samples.collector.dashboard;

import dev.countersign.samples.collector.access.Sessions;
import dev.countersign.samples.collector.http.ErrorBody;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;

/** Turns an error into a page where a person looks; programs get it as it is. */
@Order(100)
@ServerFilter({"/dashboard", "/dashboard/**", "/login", "/logout"})
final class ProblemPages {
    private final Pages pages;
    private final Sessions sessions;

    ProblemPages(Pages pages, Sessions sessions) {
        this.pages = pages;
        this.sessions = sessions;
    }

    @ResponseFilter
    MutableHttpResponse<?> problem(HttpRequest<?> request, MutableHttpResponse<?> response) {
        boolean isPage = request.getHeaders().accept().stream()
                .anyMatch(type -> type.getSubtype().equals("html"));
        if (!isPage || !(response.body() instanceof ErrorBody problem)) {
            return response;
        }
        return pages.page(
                HttpStatus.valueOf(response.code()),
                "problem",
                sessions.find(Cookies.session(request)),
                Map.of(
                        "code",
                        problem.error().code(),
                        "message",
                        problem.error().message()));
    }
}
