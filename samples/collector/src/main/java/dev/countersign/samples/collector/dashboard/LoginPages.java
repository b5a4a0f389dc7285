package dev.countersign.samples.collector.dashboard;

import dev.countersign.samples.collector.access.RateLimit;
import dev.countersign.samples.collector.access.Sessions;
import dev.countersign.samples.collector.runtime.Time;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.Map;

/** Logging in with a token of the administration API, and out. */
@Controller
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class LoginPages {
    private static final int ATTEMPTS_PER_MINUTE = 10;

    private final Sessions sessions;
    private final Pages pages;
    private final RateLimit limit;

    LoginPages(Sessions sessions, Pages pages, Time time) {
        this.sessions = sessions;
        this.pages = pages;
        this.limit = new RateLimit(ATTEMPTS_PER_MINUTE, time.ticker());
    }

    @Get("/")
    HttpResponse<?> start() {
        return HttpResponse.seeOther(URI.create("/dashboard"));
    }

    @Get("/login")
    HttpResponse<?> form() {
        return pages.page("login", null, Map.of("problem", ""));
    }

    @Post("/login")
    HttpResponse<?> login(HttpRequest<?> request, @Body Map<String, String> form) {
        if (!limit.allows(request.getRemoteAddress().getAddress().getHostAddress())) {
            return pages.page(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "login",
                            null,
                            Map.of("problem", "Too many attempts. Wait a minute."))
                    .header(HttpHeaders.RETRY_AFTER, "60");
        }
        String cookie = sessions.open(form.getOrDefault("token", "").strip());
        if (cookie == null) {
            return pages.page(HttpStatus.UNAUTHORIZED, "login", null, Map.of("problem", "Nobody has this token."));
        }
        return HttpResponse.seeOther(URI.create("/dashboard")).cookie(Cookies.fresh(request, cookie));
    }

    @Post("/logout")
    HttpResponse<?> logout(HttpRequest<?> request, @Body Map<String, String> form) {
        Sessions.Session session = sessions.find(Cookies.session(request));
        if (session != null) {
            Forms.of(session, form);
            sessions.close(Cookies.session(request));
        }
        return HttpResponse.seeOther(URI.create("/login")).cookie(Cookies.gone(request));
    }
}
