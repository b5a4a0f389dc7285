package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.access.Role;
import dev.countersign.samples.collector.environment.Application;
import dev.countersign.samples.collector.environment.EnvironmentStore;
import dev.countersign.samples.collector.environment.InvalidInOptional;
import dev.countersign.samples.collector.environment.Profile;
import dev.countersign.samples.collector.environment.ProofForm;
import dev.countersign.samples.collector.http.ApiException;
import dev.countersign.server.enforcement.AnonymousPolicy;
import dev.countersign.server.enforcement.EnforcementMode;
import dev.countersign.server.enforcement.EnforcementPolicy;
import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bodies that administrators send. Every member may be missing: the methods here say which one must not. */
final class Requests {
    private static final int MAX_TEXT = 256;

    private Requests() {}

    /** {@code POST /admin/environments}. */
    @Serdeable.Deserializable
    record NewEnvironment(
            @Nullable String application,
            @Nullable String name,
            @Nullable String profile,
            @Nullable String form,
            @Nullable Boolean groupKeys,
            @Nullable String mode,
            @Nullable String anonymous,
            @Nullable String invalidInOptional) {}

    /** {@code POST /admin/applications}. */
    @Serdeable.Deserializable
    record NewApplication(@Nullable String name) {}

    /** {@code POST /admin/credentials}. */
    @Serdeable.Deserializable
    record NewCredential(@Nullable String name, @Nullable String role) {}

    /** {@code PUT …/verifiers/{name}}. */
    @Serdeable.Deserializable
    record Report(@Nullable Long ringVersion) {}

    /** {@code POST …/diagnosis}. */
    @Serdeable.Deserializable
    record ProofToCheck(
            @Nullable String id,
            @Nullable String proof,
            @Nullable String signingKeyName,
            @Nullable Boolean group,
            @Nullable String email) {
        /** Redacted. */
        @Override
        public String toString() {
            return "ProofToCheck[]";
        }
    }

    /** {@code PUT …/mode}. */
    @Serdeable.Deserializable
    record NewMode(@Nullable String mode, @Nullable String confirm) {}

    /** {@code POST …/keys}. */
    @Serdeable.Deserializable
    record NewKeyRequest(@Nullable String description) {}

    /** {@code POST …/revoke} and others: the key's id again, so that nobody revokes by accident. */
    @Serdeable.Deserializable
    record Confirmation(@Nullable String confirm, @Nullable String replacement) {}

    static String text(String field, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > MAX_TEXT) {
            throw invalid(field, "a text of 1 to " + MAX_TEXT + " characters", value);
        }
        return value;
    }

    static EnvironmentStore.Draft draft(NewEnvironment request) {
        Profile profile = profile(request.profile());
        ProofForm form = profile.form() != null && request.form() == null ? profile.form() : form(request.form());
        if (profile.form() != null && profile.form() != form) {
            throw invalid("form", profile.form().wireName() + " in the profile " + profile.wireName(), request.form());
        }
        boolean groupKeys = Boolean.TRUE.equals(request.groupKeys());
        if (groupKeys && form == ProofForm.JWT) {
            throw invalid("groupKeys", "false: a JWT binds the user and the group in one token", "true");
        }
        return new EnvironmentStore.Draft(
                request.application() == null ? Application.DEFAULT : request.application(),
                text("name", request.name()),
                profile,
                form,
                groupKeys,
                new EnforcementPolicy(mode(request.mode()), anonymous(request.anonymous(), profile)),
                request.invalidInOptional() == null
                        ? InvalidInOptional.DROP
                        : constant("invalidInOptional", InvalidInOptional.class, request.invalidInOptional()));
    }

    static Diagnoses.Question question(ProofToCheck request) {
        return new Diagnoses.Question(
                request.id() == null ? "" : request.id(),
                request.proof() == null ? "" : request.proof(),
                request.signingKeyName(),
                Boolean.TRUE.equals(request.group()),
                request.email());
    }

    static Role role(@Nullable String value) {
        return constant("role", Role.class, value);
    }

    static Profile profile(@Nullable String value) {
        Profile profile = value == null ? Profile.NATIVE : Profile.of(value);
        if (profile == null) {
            throw invalid("profile", "native, userflow, notificationapi, sendora or pendo", value);
        }
        return profile;
    }

    static ProofForm form(@Nullable String value) {
        ProofForm form = value == null ? null : ProofForm.of(value);
        if (form == null) {
            throw invalid("form", "hmac-hex, hmac-base64, hmac-v1 or jwt", value);
        }
        return form;
    }

    static EnforcementMode mode(@Nullable String value) {
        return constant("mode", EnforcementMode.class, value);
    }

    /** The default is the profile's. */
    static AnonymousPolicy anonymous(@Nullable String value, Profile profile) {
        return value == null ? profile.anonymous() : constant("anonymous", AnonymousPolicy.class, value);
    }

    private static <E extends Enum<E>> E constant(String field, Class<E> type, @Nullable String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> invalid(field, Arrays.toString(type.getEnumConstants()), value));
    }

    private static ApiException invalid(String field, String allowed, @Nullable String value) {
        String actual = value == null ? "missing" : value.length() > MAX_TEXT ? "too long" : "\"" + value + "\"";
        return new ApiException(
                HttpStatus.BAD_REQUEST, "INVALID_REQUEST", field + " is " + actual + "; allowed is " + allowed);
    }
}
