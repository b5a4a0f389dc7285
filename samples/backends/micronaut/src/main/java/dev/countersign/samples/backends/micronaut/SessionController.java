package dev.countersign.samples.backends.micronaut;

import dev.countersign.samples.backends.micronaut.DemoUsers.LoggedInUser;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.session.Session;
import io.micronaut.session.SessionStore;
import io.micronaut.session.http.HttpSessionFilter;
import io.micronaut.session.http.SessionForRequest;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /login} and {@code POST /logout}. No CSRF token: another site's page can neither send JSON here (no
 * CORS, and a form is refused with 415) nor the session's cookie (SameSite=Lax).
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class SessionController {
    /** The session's attribute that holds the {@link LoggedInUser}. */
    static final String USER = "user";

    private final DemoUsers users;
    private final SessionStore<? extends Session> sessions;

    SessionController(DemoUsers users, SessionStore<? extends Session> sessions) {
        this.users = users;
        this.sessions = sessions;
    }

    @Post("/login")
    LoginAnswer login(@Body LoginRequest login, HttpRequest<?> request) {
        LoggedInUser user = users.authenticate(login.username(), login.password())
                .orElseThrow(() -> ErrorAnswers.exception(
                        HttpStatus.UNAUTHORIZED, "LOGIN_FAILED", "the user name or the password is wrong"));
        // A session id from before the login may be known to somebody else: the user gets a new session.
        end(request);
        SessionForRequest.create(sessions, request).put(USER, user);
        return new LoginAnswer(user.userId());
    }

    @Post("/logout")
    @Status(HttpStatus.NO_CONTENT)
    void logout(HttpRequest<?> request) {
        end(request);
    }

    private void end(HttpRequest<?> request) {
        SessionForRequest.find(request).ifPresent(session -> {
            sessions.deleteSession(session.getId()).join();
            // Or the session filter would hand out its cookie again.
            request.getAttributes().remove(HttpSessionFilter.SESSION_ATTRIBUTE);
        });
    }

    /** Not printed: it holds a password. */
    @Serdeable
    record LoginRequest(@Nullable String username, @Nullable String password) {
        @Override
        public String toString() {
            return "LoginRequest";
        }
    }

    @Serdeable
    record LoginAnswer(String userId) {}
}
