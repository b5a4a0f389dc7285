package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.admin.Requests.NewKeyRequest;
import dev.countersign.samples.collector.admin.Requests.Revocation;
import dev.countersign.samples.collector.admin.Views.KeyView;
import dev.countersign.samples.collector.admin.Views.KeysView;
import dev.countersign.samples.collector.admin.Views.NewKeyView;
import dev.countersign.samples.collector.admin.Views.RingView;
import dev.countersign.samples.collector.environment.KeyRecord;
import dev.countersign.samples.collector.http.ApiException;
import dev.countersign.samples.collector.http.ErrorBody;
import dev.countersign.samples.collector.runtime.Counters;
import dev.countersign.samples.collector.runtime.LiveEnvironment;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.server.key.KeyRotation;
import dev.countersign.server.key.KeyRotationException;
import dev.countersign.server.key.KeyStatus;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of an environment, from the first to the revoked ones. */
@AdminOnly
@Controller("/admin/environments/{environment}/keys")
@ExecuteOn(TaskExecutors.BLOCKING)
final class KeyController {
    private final Administration administration;
    private final LiveEnvironments live;

    KeyController(Administration administration, LiveEnvironments live) {
        this.administration = administration;
        this.live = live;
    }

    @Get
    KeysView list(String environment) {
        Counters counters = requireEnvironment(environment).counters();
        List<KeyView> keys = administration.keys(environment).stream()
                .map(key -> KeyView.of(key, counters))
                .toList();
        return new KeysView(administration.ringVersion(environment), keys);
    }

    @Post
    HttpResponse<NewKeyView> create(String environment, @Body NewKeyRequest request) {
        requireEnvironment(environment);
        String description = Requests.text("description", request.description());
        return HttpResponse.created(NewKeyView.of(administration.createKey(environment, description), description));
    }

    @Post("/{keyId}/promote")
    RingView promote(String environment, String keyId) {
        find(environment, keyId);
        return new RingView(administration.change(environment, ring -> KeyRotation.promote(ring, keyId)));
    }

    @Post("/{keyId}/retire")
    RingView retire(String environment, String keyId) {
        find(environment, keyId);
        return new RingView(administration.change(environment, ring -> KeyRotation.retire(ring, keyId)));
    }

    @Post("/{keyId}/revoke")
    RingView revoke(String environment, String keyId, @Nullable @Body Revocation request) {
        find(environment, keyId);
        requireConfirmed(keyId, request);
        return new RingView(administration.change(environment, ring -> KeyRotation.revoke(ring, keyId)));
    }

    /**
     * Revokes even the primary. Without a replacement, the primary's place is taken by a new key, whose secret is in the
     * answer; any other key leaves the primary as it is.
     */
    @Post("/{keyId}/emergency-revoke")
    HttpResponse<?> emergencyRevoke(String environment, String keyId, @Nullable @Body Revocation request) {
        KeyRecord key = find(environment, keyId);
        String replacement = requireConfirmed(keyId, request).replacement();
        if (replacement != null) {
            find(environment, replacement);
            return HttpResponse.ok(new RingView(
                    administration.change(environment, ring -> KeyRotation.emergencyRevoke(ring, keyId, replacement))));
        }
        if (key.status() != KeyStatus.PRIMARY) {
            return HttpResponse.ok(
                    new RingView(administration.change(environment, ring -> KeyRotation.revoke(ring, keyId))));
        }
        return HttpResponse.ok(NewKeyView.of(administration.replaceKey(environment, keyId), "replaces " + keyId));
    }

    @Error
    MutableHttpResponse<Object> refused(KeyRotationException e) {
        HttpStatus status =
                e.rule() == KeyRotationException.Rule.UNKNOWN_KEY ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT;
        return ErrorBody.answer(status, e.rule().name(), String.valueOf(e.getMessage()));
    }

    private static Revocation requireConfirmed(String keyId, @Nullable Revocation request) {
        if (request == null || !keyId.equals(request.confirm())) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST,
                    "CONFIRMATION_REQUIRED",
                    "a revocation cannot be undone: confirm must be the key's id");
        }
        return request;
    }

    private KeyRecord find(String environment, String keyId) {
        requireEnvironment(environment);
        return administration.keys(environment).stream()
                .filter(key -> key.id().equals(keyId))
                .findFirst()
                .orElseThrow(() ->
                        new ApiException(HttpStatus.NOT_FOUND, "UNKNOWN_KEY", "the environment has no key of this id"));
    }

    private LiveEnvironment requireEnvironment(String environment) {
        return live.all().stream()
                .filter(candidate -> candidate.environment().id().equals(environment))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        HttpStatus.NOT_FOUND, "UNKNOWN_ENVIRONMENT", "there is no environment of this id"));
    }
}
