package dev.countersign.samples.backends.micronaut;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.serde.annotation.Serdeable;

/** Every refusal's body: {@code {"error":{"code","message"}}}. */
@Serdeable
record ErrorAnswer(Details error) {

    static ErrorAnswer of(String code, String message) {
        return new ErrorAnswer(new Details(code, message));
    }

    static HttpStatusException exception(HttpStatus status, String code, String message) {
        return new HttpStatusException(status, of(code, message));
    }

    @Serdeable
    record Details(String code, String message) {}
}
