package dev.countersign.samples.collector.http;

import io.micronaut.http.HttpStatus;

/** A request that is refused with an error of ours. Costs no stack trace. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final HttpStatus status;
    private final String code;

    /**
     * A refusal.
     *
     * @param status the HTTP status
     * @param code the error's name, in upper case
     * @param message one sentence for a developer; holds no secret and no proof
     */
    public ApiException(HttpStatus status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status. */
    public HttpStatus status() {
        return status;
    }

    /** The error's name. */
    public String code() {
        return code;
    }
}
