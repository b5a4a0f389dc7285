package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.access.Caller;
import dev.countersign.samples.collector.admin.Requests.Confirmation;
import dev.countersign.samples.collector.admin.Requests.NewKeyRequest;
import dev.countersign.samples.collector.admin.Requests.Report;
import dev.countersign.samples.collector.admin.Views.KeyView;
import dev.countersign.samples.collector.admin.Views.KeysView;
import dev.countersign.samples.collector.admin.Views.NewKeyView;
import dev.countersign.samples.collector.admin.Views.RingView;
import dev.countersign.samples.collector.admin.Views.VerifierView;
import dev.countersign.samples.collector.admin.Views.VerifiersView;
import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.environment.KeyRecord;
import dev.countersign.samples.collector.environment.Verifiers;
import dev.countersign.samples.collector.http.ApiException;
import dev.countersign.samples.collector.traffic.TrafficReport;
import dev.countersign.server.key.KeyStatus;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of an environment, from the first to the revoked ones; those of its groups under a path of their own. */
@AdminOnly
@Controller("/admin/environments/{environment}/{ring:keys|group-keys}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class KeyController {
    private final Administration administration;
    private final Verifiers verifiers;
    private final TrafficReport traffic;
    private final Clock clock;

    KeyController(Administration administration, Verifiers verifiers, TrafficReport traffic, Clock clock) {
        this.administration = administration;
        this.verifiers = verifiers;
        this.traffic = traffic;
        this.clock = clock;
    }

    @Get
    KeysView list(String environment, String ring) {
        String name = ring(administration.environment(environment), ring);
        List<KeyRecord> keys = administration.keys(name);
        Map<String, TrafficReport.KeyUse> uses =
                traffic.keys(keys.stream().map(KeyRecord::id).toList());
        List<KeyView> views = keys.stream()
                .map(key -> KeyView.of(key, uses.get(key.id()), clock.millis()))
                .toList();
        return new KeysView(administration.ringVersion(name), views);
    }

    @Post
    HttpResponse<NewKeyView> create(HttpRequest<?> request, String environment, String ring, @Body NewKeyRequest body) {
        Environment of = administration.environment(environment);
        String description = Requests.text("description", body.description());
        Caller caller = Callers.of(request);
        return HttpResponse.created(
                NewKeyView.of(administration.createKey(caller, of, ring(of, ring), description), description));
    }

    @Post("/{keyId}/promote")
    RingView promote(
            HttpRequest<?> request, String environment, String ring, String keyId, @Nullable @Body Confirmation body) {
        Environment of = administration.environment(environment);
        return new RingView(administration.promote(Callers.of(request), of, ring(of, ring), keyId, confirm(body)));
    }

    @Post("/{keyId}/retire")
    RingView retire(HttpRequest<?> request, String environment, String ring, String keyId) {
        Environment of = administration.environment(environment);
        return new RingView(administration.retire(Callers.of(request), of, ring(of, ring), keyId));
    }

    @Post("/{keyId}/revoke")
    RingView revoke(
            HttpRequest<?> request, String environment, String ring, String keyId, @Nullable @Body Confirmation body) {
        Environment of = administration.environment(environment);
        return new RingView(administration.revoke(Callers.of(request), of, ring(of, ring), keyId, confirm(body)));
    }

    /**
     * Revokes even the primary. Without a replacement, the primary's place is taken by a new key, whose secret is in the
     * answer; any other key leaves the primary as it is.
     */
    @Post("/{keyId}/emergency-revoke")
    HttpResponse<?> emergencyRevoke(
            HttpRequest<?> request, String environment, String ring, String keyId, @Nullable @Body Confirmation body) {
        Environment of = administration.environment(environment);
        Caller caller = Callers.of(request);
        String name = ring(of, ring);
        KeyRecord key = administration.key(name, keyId);
        String replacement = body == null ? null : body.replacement();
        if (replacement != null) {
            return HttpResponse.ok(
                    new RingView(administration.emergencyRevoke(caller, of, name, keyId, replacement, confirm(body))));
        }
        if (key.status() != KeyStatus.PRIMARY) {
            return HttpResponse.ok(new RingView(administration.revoke(caller, of, name, keyId, confirm(body))));
        }
        return HttpResponse.ok(
                NewKeyView.of(administration.replace(caller, of, name, keyId, confirm(body)), "replaces " + keyId));
    }

    /** Other verifiers of the ring, with the version that each reported. */
    @Get("/verifiers")
    VerifiersView verifiers(String environment, String ring) {
        String name = ring(administration.environment(environment), ring);
        return new VerifiersView(
                verifiers.list(name).stream().map(VerifierView::of).toList());
    }

    /** Registers a verifier, or takes its report. */
    @Put("/verifiers/{name}")
    HttpResponse<?> report(String environment, String ring, String name, @Body Report body) {
        Long version = body.ringVersion();
        if (version == null || version < 0) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST, "INVALID_REQUEST", "ringVersion must be a number of 0 or more");
        }
        verifiers.report(ring(administration.environment(environment), ring), Requests.text("name", name), version);
        return HttpResponse.noContent();
    }

    /** Forgets a verifier. */
    @Delete("/verifiers/{name}")
    HttpResponse<?> forget(HttpRequest<?> request, String environment, String ring, String name) {
        boolean was = verifiers.remove(Callers.of(request), ring(administration.environment(environment), ring), name);
        return was ? HttpResponse.noContent() : HttpResponse.notFound();
    }

    private static @Nullable String confirm(@Nullable Confirmation body) {
        return body == null ? null : body.confirm();
    }

    private static String ring(Environment environment, String path) {
        if (path.equals("keys")) {
            return environment.userRing();
        }
        if (!environment.groupKeys()) {
            throw new ApiException(
                    HttpStatus.NOT_FOUND, "NO_GROUP_KEYS", "in this environment groups have no keys of their own");
        }
        return environment.groupRing();
    }
}
