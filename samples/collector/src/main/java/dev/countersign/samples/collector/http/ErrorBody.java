package dev.countersign.samples.collector.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;

/**
 * The one shape of an error: {@code {"success":false,"error":{"code":…,"message":…}}}.
 *
 * @param success always false
 * @param error what is wrong
 */
@Serdeable
public record ErrorBody(boolean success, Detail error) {

    /**
     * What is wrong.
     *
     * @param code its name, in upper case
     * @param message one sentence for a developer
     */
    @Serdeable
    public record Detail(String code, String message) {}

    /** An error of this name. */
    public static ErrorBody of(String code, String message) {
        return new ErrorBody(false, new Detail(code, message));
    }

    /** An answer with an error; one that asks to come back says when, in seconds. */
    public static MutableHttpResponse<Object> answer(HttpStatus status, String code, String message) {
        MutableHttpResponse<Object> answer = HttpResponse.<Object>status(status)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .body(of(code, message));
        return switch (status) {
            case TOO_MANY_REQUESTS -> answer.header(HttpHeaders.RETRY_AFTER, "1");
            case SERVICE_UNAVAILABLE -> answer.header(HttpHeaders.RETRY_AFTER, "5");
            default -> answer;
        };
    }
}
