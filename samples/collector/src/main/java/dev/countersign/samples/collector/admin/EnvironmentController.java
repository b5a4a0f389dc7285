package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.admin.Requests.NewApplication;
import dev.countersign.samples.collector.admin.Requests.NewEnvironment;
import dev.countersign.samples.collector.admin.Requests.NewMode;
import dev.countersign.samples.collector.admin.Views.ApplicationView;
import dev.countersign.samples.collector.admin.Views.ApplicationsView;
import dev.countersign.samples.collector.admin.Views.CountersView;
import dev.countersign.samples.collector.admin.Views.EnforcementView;
import dev.countersign.samples.collector.admin.Views.EnvironmentView;
import dev.countersign.samples.collector.admin.Views.EnvironmentsView;
import dev.countersign.samples.collector.admin.Views.LinkView;
import dev.countersign.samples.collector.admin.Views.StatsView;
import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.environment.EnvironmentStore;
import dev.countersign.samples.collector.http.ApiException;
import dev.countersign.samples.collector.runtime.LiveEnvironment;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.samples.collector.storage.AnonymousLinks;
import dev.countersign.samples.collector.traffic.TrafficReport;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;
import java.util.TreeMap;

/** Applications, their environments, enforcement and counters. */
@AdminOnly
@Controller("/admin")
@ExecuteOn(TaskExecutors.BLOCKING)
final class EnvironmentController {
    private final Administration administration;
    private final EnvironmentStore store;
    private final LiveEnvironments live;
    private final TrafficReport traffic;
    private final AnonymousLinks links;

    EnvironmentController(
            Administration administration,
            EnvironmentStore store,
            LiveEnvironments live,
            TrafficReport traffic,
            AnonymousLinks links) {
        this.administration = administration;
        this.store = store;
        this.live = live;
        this.traffic = traffic;
        this.links = links;
    }

    @Post("/applications")
    HttpResponse<ApplicationView> createApplication(HttpRequest<?> request, @Body NewApplication body) {
        return HttpResponse.created(
                ApplicationView.of(store.createApplication(Callers.of(request), Requests.text("name", body.name()))));
    }

    @Get("/applications")
    ApplicationsView applications() {
        return new ApplicationsView(
                store.applications().stream().map(ApplicationView::of).toList());
    }

    @Post("/environments")
    HttpResponse<EnvironmentView> create(HttpRequest<?> request, @Body NewEnvironment body) {
        Environment created = administration.create(Callers.of(request), Requests.draft(body));
        return HttpResponse.created(EnvironmentView.of(created));
    }

    @Get("/environments")
    EnvironmentsView list() {
        return new EnvironmentsView(
                administration.environments().stream().map(EnvironmentView::of).toList());
    }

    @Get("/environments/{id}")
    EnvironmentView get(String id) {
        return EnvironmentView.of(administration.environment(id));
    }

    @Put("/environments/{id}/mode")
    EnvironmentView setMode(HttpRequest<?> request, String id, @Body NewMode body) {
        Environment environment = administration.environment(id);
        administration.setMode(Callers.of(request), environment, Requests.mode(body.mode()), body.confirm());
        return EnvironmentView.of(administration.environment(id));
    }

    /** What STRICT would have refused in the last 24 hours. */
    @Get("/environments/{id}/enforcement")
    EnforcementView enforcement(String id) {
        return EnforcementView.of(administration.environment(id), traffic.day(id));
    }

    /** The user whom an anonymous id belongs to. */
    @Get("/environments/{id}/anonymous/{anonymousId}")
    LinkView anonymous(String id, String anonymousId) {
        String user = links.user(administration.environment(id).id(), anonymousId);
        if (user == null) {
            throw new ApiException(HttpStatus.NOT_FOUND, "NOT_LINKED", "no verified user has claimed this id");
        }
        return new LinkView(anonymousId, user);
    }

    @Get("/stats")
    StatsView stats() {
        Map<String, CountersView> counters = new TreeMap<>();
        for (LiveEnvironment environment : live.all()) {
            counters.put(environment.environment().id(), CountersView.of(environment.counters()));
        }
        return new StatsView(counters);
    }
}
