package dev.countersign.samples.collector.dashboard;

import dev.countersign.samples.collector.http.ApiException;
import dev.countersign.samples.collector.runtime.LiveEnvironment;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.samples.collector.traffic.LiveFeed;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Live events as server-sent events, twice a second and at most so many at once: however much comes in, a browser gets
 * what a person can see, and the ingest path never waits for one.
 */
@DashboardOnly
@Controller("/dashboard/environments/{id}/live")
final class LiveStream {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final int AT_ONCE = 25;
    /** An empty message at the start and every 15 seconds keeps proxies from hanging up. */
    private static final int QUIET_TICKS = 30;

    private final LiveEnvironments live;
    private final Sinks.Empty<Void> end = Sinks.empty();

    LiveStream(LiveEnvironments live) {
        this.live = live;
    }

    /** The browser comes back by itself when a stream ends; the session is looked at again then. */
    @Get
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<List<LiveRow>>> stream(String id, @QueryValue(defaultValue = "0") long from) {
        LiveEnvironment environment = live.byId(id);
        if (environment == null) {
            throw new ApiException(HttpStatus.NOT_FOUND, "UNKNOWN_ENVIRONMENT", "there is no environment of this id");
        }
        LiveFeed feed = environment.feed();
        long[] next = {from}; // Of one stream, whose signals come one after the other; the next one as well.
        int[] quiet = {0};
        return Flux.interval(Duration.ZERO, PAUSE)
                .onBackpressureDrop()
                .map(tick -> {
                    List<LiveRow> rows = feed.since(next[0], AT_ONCE).stream()
                            .map(event -> LiveRow.of(event.event()))
                            .toList();
                    next[0] = feed.end();
                    return rows;
                })
                .filter(rows -> !rows.isEmpty() || quiet[0]++ % QUIET_TICKS == 0)
                .map(Event::of)
                .take(LENGTH)
                .takeUntilOther(end.asMono());
    }

    /** A stream must not hold up the end of the collector. */
    @PreDestroy
    void endStreams() {
        var unused = end.tryEmitEmpty();
    }
}
