package dev.countersign.samples.backends.spring;

import dev.countersign.samples.backends.spring.DemoUsers.LoggedInUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /login}: checks a user name and password and starts a session. Spring Security's filter logs out. */
@RestController
class LoginController {
    private final AuthenticationManager authentication;
    private final SecurityContextRepository contexts;
    private final SessionAuthenticationStrategy sessionFixation = new ChangeSessionIdAuthenticationStrategy();

    LoginController(AuthenticationManager authentication, SecurityContextRepository contexts) {
        this.authentication = authentication;
        this.contexts = contexts;
    }

    @PostMapping(path = "/login", consumes = MediaType.APPLICATION_JSON_VALUE)
    LoginAnswer login(@RequestBody LoginRequest login, HttpServletRequest request, HttpServletResponse response) {
        Authentication user = authentication.authenticate(
                UsernamePasswordAuthenticationToken.unauthenticated(login.username(), login.password()));
        // A session id from before the login may be known to somebody else: it gets a new one.
        sessionFixation.onAuthentication(user, request, response);
        contexts.saveContext(new SecurityContextImpl(user), request, response);
        LoggedInUser principal = (LoggedInUser) Objects.requireNonNull(user.getPrincipal());
        return new LoginAnswer(principal.userId());
    }

    /** Not printed: Spring logs request bodies at debug level. */
    record LoginRequest(@Nullable String username, @Nullable String password) {
        @Override
        public String toString() {
            return "LoginRequest";
        }
    }

    record LoginAnswer(String userId) {}
}
