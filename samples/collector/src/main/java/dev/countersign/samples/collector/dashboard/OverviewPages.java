package dev.countersign.samples.collector.dashboard;

import dev.countersign.samples.collector.access.AuditLog;
import dev.countersign.samples.collector.access.Credentials;
import dev.countersign.samples.collector.access.Role;
import dev.countersign.samples.collector.access.Sessions;
import dev.countersign.samples.collector.admin.Administration;
import dev.countersign.samples.collector.admin.CredentialChanges;
import dev.countersign.samples.collector.admin.Drafts;
import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.environment.EnvironmentStore;
import dev.countersign.samples.collector.traffic.TrafficReport;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All environments, the audit log, and who has access. */
@DashboardOnly
@Controller("/dashboard")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OverviewPages {
    private static final int AUDIT_ENTRIES = 200;

    private final Administration administration;
    private final EnvironmentStore store;
    private final TrafficReport traffic;
    private final AuditLog audit;
    private final Credentials credentials;
    private final CredentialChanges changes;
    private final Pages pages;

    OverviewPages(
            Administration administration,
            EnvironmentStore store,
            TrafficReport traffic,
            AuditLog audit,
            Credentials credentials,
            CredentialChanges changes,
            Pages pages) {
        this.administration = administration;
        this.store = store;
        this.traffic = traffic;
        this.audit = audit;
        this.credentials = credentials;
        this.changes = changes;
        this.pages = pages;
    }

    /** An environment in the overview. */
    record Row(Environment environment, String application, TrafficReport.Day day, int share) {}

    @Get
    HttpResponse<?> overview(HttpRequest<?> request) {
        var applications = store.applications();
        List<Row> rows = new ArrayList<>();
        for (Environment environment : administration.environments()) {
            TrafficReport.Day day = traffic.day(environment.id());
            String application = applications.stream()
                    .filter(known -> known.id().equals(environment.application()))
                    .map(known -> known.name())
                    .findFirst()
                    .orElse("");
            rows.add(new Row(environment, application, day, share(day)));
        }
        return pages.page(
                "overview",
                Cookies.of(request),
                Map.of("environments", rows, "applications", applications, "tab", "environments"));
    }

    static int share(TrafficReport.Day day) {
        return day.total() == 0 ? 0 : (int) (100 * day.verified() / day.total());
    }

    @Post("/applications")
    HttpResponse<?> createApplication(HttpRequest<?> request, @Body Map<String, String> fields) {
        Sessions.Session session = Cookies.of(request);
        store.createApplication(
                session.caller(), Drafts.name(Forms.of(session, fields).text("name")));
        return HttpResponse.seeOther(URI.create("/dashboard"));
    }

    @Post("/environments")
    HttpResponse<?> createEnvironment(HttpRequest<?> request, @Body Map<String, String> fields) {
        Sessions.Session session = Cookies.of(request);
        Forms form = Forms.of(session, fields);
        Environment created = administration.create(
                session.caller(),
                Drafts.of(
                        form.text("application"),
                        form.text("name"),
                        form.text("scheme"),
                        form.text("groupKeys").equals("on")));
        return HttpResponse.seeOther(URI.create("/dashboard/environments/" + created.id()));
    }

    /** An entry of the audit log, for people. */
    record AuditRow(String at, String who, String action, String subject, String detail) {}

    @Get("/audit")
    HttpResponse<?> audit(HttpRequest<?> request) {
        List<AuditRow> rows = audit.latest(AUDIT_ENTRIES).stream()
                .map(e -> new AuditRow(Pages.time(e.at()), e.who(), e.action(), e.subject(), e.detail()))
                .toList();
        return pages.page("audit", Cookies.of(request), Map.of("entries", rows, "tab", "audit"));
    }

    /** A credential, for people. */
    record CredentialRow(String id, String name, String role, String createdAt, boolean removable) {}

    @Get("/access")
    HttpResponse<?> access(HttpRequest<?> request) {
        return access(Cookies.of(request), "");
    }

    @Post("/access")
    HttpResponse<?> createCredential(HttpRequest<?> request, @Body Map<String, String> fields) {
        Sessions.Session session = Cookies.of(request);
        Forms form = Forms.of(session, fields);
        Role role = form.text("role").equals(Role.ADMIN.name()) ? Role.ADMIN : Role.VIEWER;
        String name = Drafts.name(form.text("name"));
        return access(session, changes.create(session.caller(), name, role).token());
    }

    @Post("/access/{id}/remove")
    HttpResponse<?> removeCredential(HttpRequest<?> request, String id, @Body Map<String, String> fields) {
        Sessions.Session session = Cookies.of(request);
        Forms.of(session, fields);
        changes.remove(session.caller(), id);
        return HttpResponse.seeOther(URI.create("/dashboard/access"));
    }

    private HttpResponse<?> access(Sessions.Session session, String token) {
        List<CredentialRow> rows = credentials.list().stream()
                .map(c -> new CredentialRow(
                        c.id(),
                        c.name(),
                        c.role().name(),
                        Pages.time(c.createdAt()),
                        !c.id().equals(Credentials.FIRST)))
                .toList();
        return pages.page("access", session, Map.of("credentials", rows, "newToken", token, "tab", "access"));
    }
}
