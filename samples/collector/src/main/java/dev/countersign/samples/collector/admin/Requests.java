package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.environment.ProofForm;
import dev.countersign.samples.collector.http.ApiException;
import dev.countersign.server.enforcement.AnonymousPolicy;
import dev.countersign.server.enforcement.EnforcementMode;
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
            @Nullable String name,
            @Nullable String form,
            @Nullable String mode,
            @Nullable String anonymous) {}

    /** {@code PUT …/mode}. */
    @Serdeable.Deserializable
    record NewMode(@Nullable String mode) {}

    /** {@code POST …/keys}. */
    @Serdeable.Deserializable
    record NewKeyRequest(@Nullable String description) {}

    /** {@code POST …/revoke} and {@code …/emergency-revoke}: the key's id again, so that nobody revokes by accident. */
    @Serdeable.Deserializable
    record Revocation(@Nullable String confirm, @Nullable String replacement) {}

    static String text(String field, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > MAX_TEXT) {
            throw invalid(field, "a text of 1 to " + MAX_TEXT + " characters", value);
        }
        return value;
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

    /** The default is to reject. */
    static AnonymousPolicy anonymous(@Nullable String value) {
        return value == null ? AnonymousPolicy.REJECT : constant("anonymous", AnonymousPolicy.class, value);
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
