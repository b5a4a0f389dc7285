package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.access.AuditLog;
import dev.countersign.samples.collector.access.Credentials;
import dev.countersign.samples.collector.admin.Requests.NewCredential;
import dev.countersign.samples.collector.admin.Views.AuditEntryView;
import dev.countersign.samples.collector.admin.Views.AuditView;
import dev.countersign.samples.collector.admin.Views.CredentialView;
import dev.countersign.samples.collector.admin.Views.CredentialsView;
import dev.countersign.samples.collector.admin.Views.NewCredentialView;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Credentials of administrators and viewers, and what was done with them. */
@AdminOnly
@Controller("/admin")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CredentialController {
    private static final int AUDIT_ENTRIES = 500;

    private final Credentials credentials;
    private final CredentialChanges changes;
    private final AuditLog audit;

    CredentialController(Credentials credentials, CredentialChanges changes, AuditLog audit) {
        this.credentials = credentials;
        this.changes = changes;
        this.audit = audit;
    }

    @Get("/credentials")
    CredentialsView list() {
        return new CredentialsView(
                credentials.list().stream().map(CredentialView::of).toList());
    }

    /** The token is in this answer only. */
    @Post("/credentials")
    HttpResponse<NewCredentialView> create(HttpRequest<?> request, @Body NewCredential body) {
        Credentials.Created created =
                changes.create(Callers.of(request), Requests.text("name", body.name()), Requests.role(body.role()));
        return HttpResponse.created(new NewCredentialView(created.id(), created.token()));
    }

    @Delete("/credentials/{id}")
    HttpResponse<?> remove(HttpRequest<?> request, String id) {
        return changes.remove(Callers.of(request), id) ? HttpResponse.noContent() : HttpResponse.notFound();
    }

    @Get("/audit")
    AuditView audit() {
        return new AuditView(
                audit.latest(AUDIT_ENTRIES).stream().map(AuditEntryView::of).toList());
    }
}
