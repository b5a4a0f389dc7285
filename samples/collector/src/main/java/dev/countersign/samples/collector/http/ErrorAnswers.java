package dev.countersign.samples.collector.http;

import dev.countersign.samples.collector.storage.OverloadedException;
import dev.countersign.samples.collector.storage.StorageException;
import dev.countersign.server.key.KeyRotationException;
import dev.countersign.server.key.KeysUnavailableException;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import jakarta.inject.Singleton;

/** Gives every error the one shape: those that routes throw, and those of the server itself (404, 405, 413, …). */
@Controller
final class ErrorAnswers {
    private static final System.Logger LOG = System.getLogger(ErrorAnswers.class.getName());

    @Error(global = true)
    MutableHttpResponse<Object> refused(ApiException e) {
        return ErrorBody.answer(e.status(), e.code(), String.valueOf(e.getMessage()));
    }

    @Error(global = true)
    MutableHttpResponse<Object> refused(KeyRotationException e) {
        HttpStatus status =
                e.rule() == KeyRotationException.Rule.UNKNOWN_KEY ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT;
        return ErrorBody.answer(status, e.rule().name(), String.valueOf(e.getMessage()));
    }

    @Error(global = true)
    MutableHttpResponse<Object> overloaded(OverloadedException e) {
        return ErrorBody.answer(
                HttpStatus.TOO_MANY_REQUESTS, "OVERLOADED", "too many events wait to be stored; send again later");
    }

    @Error(global = true)
    MutableHttpResponse<Object> keysUnavailable(KeysUnavailableException e) {
        return ErrorBody.answer(
                HttpStatus.SERVICE_UNAVAILABLE,
                "KEYS_UNAVAILABLE",
                "the keys of this environment cannot be read at the moment; send again later");
    }

    @Error(global = true)
    MutableHttpResponse<Object> storageUnavailable(StorageException e) {
        // One line without a stack: there is one of these for each request while a disk is full.
        LOG.log(
                System.Logger.Level.ERROR,
                "{0} {1}",
                e.getMessage(),
                e.getCause() == null ? "" : e.getCause().toString());
        return ErrorBody.answer(
                HttpStatus.SERVICE_UNAVAILABLE, "STORAGE_UNAVAILABLE", "nothing was stored; send again later");
    }

    /** For what the server refuses before a route sees it. */
    @Singleton
    @Primary
    static final class OfTheServer implements ErrorResponseProcessor<Object> {
        @Override
        public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
            HttpStatus status = status(context, response);
            MutableHttpResponse<Object> answer =
                    response.status(status).body(ErrorBody.of(code(status), message(context, status)));
            return answer.contentType(MediaType.APPLICATION_JSON_TYPE);
        }

        /** The server says 413 of everything that is too large. */
        private static HttpStatus status(ErrorContext context, MutableHttpResponse<?> response) {
            Throwable cause = context.getRequest() instanceof NettyHttpRequest<?> request
                    ? request.getNativeRequest().decoderResult().cause()
                    : null;
            return cause instanceof TooLongHttpHeaderException
                    ? HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                    : cause instanceof TooLongHttpLineException ? HttpStatus.REQUEST_URI_TOO_LONG : response.status();
        }

        private static String code(HttpStatus status) {
            return switch (status) {
                case BAD_REQUEST -> "INVALID_REQUEST";
                case REQUEST_ENTITY_TOO_LARGE -> "TOO_LARGE";
                default -> status.name();
            };
        }

        private static String message(ErrorContext context, HttpStatus status) {
            HttpRequest<?> request = context.getRequest();
            return switch (status) {
                case NOT_FOUND -> "there is no " + request.getMethodName() + " " + request.getPath();
                case REQUEST_ENTITY_TOO_LARGE -> "the body is larger than this server reads";
                case REQUEST_HEADER_FIELDS_TOO_LARGE -> "the headers are larger than this server reads";
                case BAD_REQUEST -> "the request or its JSON is malformed";
                default -> status.getReason();
            };
        }
    }
}
