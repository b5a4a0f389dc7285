package dev.countersign.samples.collector.ingest;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Lets a page of another origin read a refusal, too: the server's own filter goes by the route, and an error has left
 * it. Comes after that filter.
 */
@ServerFilter({"/api/v1/events/**", "/*/users/**"})
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RefusalsForBrowsers {
    @ResponseFilter
    void answered(HttpRequest<?> request, MutableHttpResponse<?> answer) {
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        if (origin != null && !answer.getHeaders().contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
            answer.header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .header(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, HttpHeaders.RETRY_AFTER)
                    .header(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
    }
}
