package dev.countersign.samples.collector.dashboard;

import dev.countersign.samples.collector.access.Sessions;
import dev.countersign.samples.collector.admin.Administration;
import dev.countersign.samples.collector.admin.Drafts;
import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.environment.KeyRecord;
import dev.countersign.samples.collector.http.ApiException;
import dev.countersign.samples.collector.traffic.TrafficReport;
import dev.countersign.server.key.KeyStatus;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The keys of an environment and the log of the revoked ones. */
@DashboardOnly
@Controller("/dashboard/environments/{id}/{ring:keys|group-keys}")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class KeyPages {
    private final Administration administration;
    private final TrafficReport traffic;
    private final Pages pages;
    private final Clock clock;

    KeyPages(Administration administration, TrafficReport traffic, Pages pages, Clock clock) {
        this.administration = administration;
        this.traffic = traffic;
        this.pages = pages;
        this.clock = clock;
    }

    /** A key, for people. */
    record Row(
            String id,
            String status,
            String description,
            String createdAt,
            String createdBy,
            String age,
            String warning,
            String revokedAt,
            String revokedBy,
            String lastUsedAt,
            long accepted,
            long proofsToday) {}

    @Get
    HttpResponse<?> keys(HttpRequest<?> request, String id, String ring) {
        Environment environment = administration.environment(id);
        List<KeyRecord> keys = administration.keys(ring(environment, ring));
        Map<String, TrafficReport.KeyUse> uses =
                traffic.keys(keys.stream().map(KeyRecord::id).toList());
        List<Row> rows = keys.stream().map(key -> row(key, uses)).toList();
        return pages.page(
                "keys",
                Cookies.of(request),
                Map.of(
                        "environment",
                        environment,
                        "tab",
                        ring,
                        "active",
                        rows.stream().filter(row -> !isRevoked(row)).toList(),
                        "revoked",
                        rows.stream().filter(KeyPages::isRevoked).toList()));
    }

    private static boolean isRevoked(Row row) {
        return row.status.equals(KeyStatus.REVOKED.name());
    }

    private Row row(KeyRecord key, Map<String, TrafficReport.KeyUse> uses) {
        TrafficReport.KeyUse use = uses.get(key.id());
        long days = Duration.ofMillis(clock.millis() - key.createdAt()).toDays();
        return new Row(
                key.id(),
                key.status().name(),
                key.description(),
                Pages.time(key.createdAt()),
                key.createdBy(),
                days + (days == 1 ? " day" : " days"),
                Objects.requireNonNullElse(key.ageWarning(clock.millis()), ""),
                Pages.time(key.revokedAt()),
                Objects.requireNonNullElse(key.revokedBy(), ""),
                Pages.time(use == null ? null : use.lastUsedAt()),
                use == null ? 0 : use.accepted(),
                use == null ? 0 : use.proofsToday());
    }

    /** The one page that shows the secret; nothing keeps it. */
    @Post
    HttpResponse<?> create(HttpRequest<?> request, String id, String ring, @Body Map<String, String> fields) {
        Sessions.Session session = Cookies.of(request);
        Forms form = Forms.of(session, fields);
        Environment environment = administration.environment(id);
        String description = Drafts.name(form.text("description"));
        return created(
                session,
                environment,
                ring,
                administration.createKey(session.caller(), environment, ring(environment, ring), description));
    }

    private HttpResponse<?> created(
            Sessions.Session session, Environment environment, String ring, Administration.CreatedKey created) {
        return pages.page(
                "key-created",
                session,
                Map.of(
                        "environment",
                        environment,
                        "tab",
                        ring,
                        "keyId",
                        created.key().id(),
                        "status",
                        created.key().status().name(),
                        "secret",
                        created.key().secret(),
                        "inUse",
                        created.inUse()));
    }

    /** Asks before a step that cannot be taken back, with what it costs. */
    @Get("/{keyId}/revoke")
    HttpResponse<?> askRevoke(HttpRequest<?> request, String id, String ring, String keyId) {
        Environment environment = administration.environment(id);
        KeyRecord key = administration.key(ring(environment, ring), keyId);
        return pages.page(
                "revoke",
                Cookies.of(request),
                Map.of("environment", environment, "tab", ring, "key", row(key, traffic.keys(List.of(keyId)))));
    }

    @Post("/{keyId}/revoke")
    HttpResponse<?> revoke(
            HttpRequest<?> request, String id, String ring, String keyId, @Body Map<String, String> fields) {
        Sessions.Session session = Cookies.of(request);
        Forms form = Forms.of(session, fields);
        Environment environment = administration.environment(id);
        String name = ring(environment, ring);
        if (administration.key(name, keyId).status() == KeyStatus.PRIMARY) {
            return created(
                    session,
                    environment,
                    ring,
                    administration.replace(session.caller(), environment, name, keyId, form.text("confirm")));
        }
        administration.revoke(session.caller(), environment, name, keyId, form.text("confirm"));
        return back(id, ring);
    }

    @Post("/{keyId}/promote")
    HttpResponse<?> promote(
            HttpRequest<?> request, String id, String ring, String keyId, @Body Map<String, String> fields) {
        Sessions.Session session = Cookies.of(request);
        Forms form = Forms.of(session, fields);
        Environment environment = administration.environment(id);
        administration.promote(session.caller(), environment, ring(environment, ring), keyId, form.text("confirm"));
        return back(id, ring);
    }

    @Post("/{keyId}/retire")
    HttpResponse<?> retire(
            HttpRequest<?> request, String id, String ring, String keyId, @Body Map<String, String> fields) {
        Sessions.Session session = Cookies.of(request);
        Forms.of(session, fields);
        Environment environment = administration.environment(id);
        administration.retire(session.caller(), environment, ring(environment, ring), keyId);
        return back(id, ring);
    }

    private static HttpResponse<?> back(String id, String ring) {
        return HttpResponse.seeOther(URI.create("/dashboard/environments/" + id + "/" + ring));
    }

    private static String ring(Environment environment, String path) {
        if (path.equals("group-keys") && !environment.groupKeys()) {
            throw new ApiException(
                    HttpStatus.NOT_FOUND, "NO_GROUP_KEYS", "in this environment groups have no keys of their own");
        }
        return path.equals("keys") ? environment.userRing() : environment.groupRing();
    }
}
