package dev.countersign.samples.backends.micronaut;

import dev.countersign.samples.backends.micronaut.DemoUsers.LoggedInUser;
import dev.countersign.samples.backends.micronaut.ErrorAnswers.ErrorAnswer;
import dev.countersign.samples.backends.micronaut.signing.Identity;
import dev.countersign.samples.backends.micronaut.signing.SigningEnvironments;
import dev.countersign.samples.backends.micronaut.signing.SigningEnvironments.UnknownEnvironmentException;
import dev.countersign.server.key.KeysUnavailableException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.session.annotation.SessionValue;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /identity}: the proof of who is logged in, fetched by the app when it needs one. The id comes from the
 * session; an endpoint that signs an id from the request would let everybody be everybody.
 */
@Controller("/identity")
final class IdentityController {
    private final SigningEnvironments environments;

    IdentityController(SigningEnvironments environments) {
        this.environments = environments;
    }

    @Get
    HttpResponse<Identity> identity(
            @SessionValue(SessionController.USER) @Nullable LoggedInUser user,
            @QueryValue @Nullable String environment) {
        if (user == null) {
            throw ErrorAnswers.exception(HttpStatus.UNAUTHORIZED, "NOT_LOGGED_IN", "log in first: POST /login");
        }
        return HttpResponse.ok(environments.get(environment).identityOf(user))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @Error
    @Status(HttpStatus.BAD_REQUEST)
    ErrorAnswer unknownEnvironment(UnknownEnvironmentException failure) {
        return ErrorAnswer.of("UNKNOWN_ENVIRONMENT", String.valueOf(failure.getMessage()));
    }

    /** Not the app's fault and not the user's: the app tries again later. */
    @Error
    @Status(HttpStatus.SERVICE_UNAVAILABLE)
    ErrorAnswer keysUnavailable(KeysUnavailableException failure) {
        return ErrorAnswer.of("KEYS_UNAVAILABLE", "no signing keys may be trusted now: try again later");
    }
}
