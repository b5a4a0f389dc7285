package dev.countersign.samples.backends.micronaut;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.JsonErrorResponseBodyProvider;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;

/** Every refusal as {@code {"error":{"code","message"}}}, also those that come from Micronaut itself. */
@Singleton
final class ErrorAnswers implements JsonErrorResponseBodyProvider<ErrorAnswers.ErrorAnswer> {

    static HttpStatusException exception(HttpStatus status, String code, String message) {
        return new HttpStatusException(status, ErrorAnswer.of(code, message));
    }

    @Override
    public ErrorAnswer body(ErrorContext context, HttpResponse<?> response) {
        return ErrorAnswer.of(response.status().name(), response.reason());
    }

    @Serdeable
    record ErrorAnswer(Details error) {
        static ErrorAnswer of(String code, String message) {
            return new ErrorAnswer(new Details(code, message));
        }

        @Serdeable
        record Details(String code, String message) {}
    }
}
