package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.access.Caller;
import io.micronaut.http.HttpRequest;

/** Finds out who asks. */
final class Callers {
    private Callers() {}

    /** Whom the filter let through. */
    static Caller of(HttpRequest<?> request) {
        return request.getAttribute(Caller.ATTRIBUTE, Caller.class)
                .orElseThrow(() -> new IllegalStateException("the route is not behind the filter"));
    }
}
