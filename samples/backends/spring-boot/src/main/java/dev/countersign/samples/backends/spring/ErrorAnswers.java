package dev.countersign.samples.backends.spring;

import dev.countersign.samples.backends.spring.signing.SigningEnvironments.UnknownEnvironmentException;
import dev.countersign.server.key.KeysUnavailableException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every refusal as {@code {"error":{"code","message"}}}. */
@RestControllerAdvice
class ErrorAnswers {

    @ExceptionHandler
    @ResponseStatus(HttpStatus.UNAUTHORIZED)
    ErrorAnswer notLoggedIn(AuthenticationException failure) {
        return ErrorAnswer.of("NOT_LOGGED_IN", "log in first: POST /login");
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.UNAUTHORIZED)
    ErrorAnswer loginFailed(BadCredentialsException failure) {
        return ErrorAnswer.of("LOGIN_FAILED", "the user name or the password is wrong");
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    ErrorAnswer badRequest(HttpMessageNotReadableException failure) {
        return ErrorAnswer.of("BAD_REQUEST", "the body is not the JSON object {\"username\",\"password\"}");
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    ErrorAnswer unknownEnvironment(UnknownEnvironmentException failure) {
        return ErrorAnswer.of("UNKNOWN_ENVIRONMENT", String.valueOf(failure.getMessage()));
    }

    /** Not the app's fault and not the user's: the app tries again later. */
    @ExceptionHandler
    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    ErrorAnswer keysUnavailable(KeysUnavailableException failure) {
        return ErrorAnswer.of("KEYS_UNAVAILABLE", "no signing keys may be trusted now: try again later");
    }

    record ErrorAnswer(Details error) {
        static ErrorAnswer of(String code, String message) {
            return new ErrorAnswer(new Details(code, message));
        }

        record Details(String code, String message) {}
    }
}
