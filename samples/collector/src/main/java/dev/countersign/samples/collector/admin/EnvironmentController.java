package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.admin.Requests.NewEnvironment;
import dev.countersign.samples.collector.admin.Requests.NewMode;
import dev.countersign.samples.collector.admin.Views.CountersView;
import dev.countersign.samples.collector.admin.Views.EnvironmentView;
import dev.countersign.samples.collector.admin.Views.EnvironmentsView;
import dev.countersign.samples.collector.admin.Views.StatsView;
import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.http.ApiException;
import dev.countersign.samples.collector.runtime.LiveEnvironment;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.server.enforcement.EnforcementMode;
import dev.countersign.server.enforcement.EnforcementPolicy;
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

/** Environments, their enforcement and their counters. */
@AdminOnly
@Controller("/admin")
@ExecuteOn(TaskExecutors.BLOCKING)
final class EnvironmentController {
    private final Administration administration;
    private final LiveEnvironments live;

    EnvironmentController(Administration administration, LiveEnvironments live) {
        this.administration = administration;
        this.live = live;
    }

    @Post("/environments")
    HttpResponse<EnvironmentView> create(@Body NewEnvironment request) {
        EnforcementPolicy policy =
                new EnforcementPolicy(Requests.mode(request.mode()), Requests.anonymous(request.anonymous()));
        Environment created =
                administration.create(Requests.text("name", request.name()), Requests.form(request.form()), policy);
        return HttpResponse.created(EnvironmentView.of(created));
    }

    @Get("/environments")
    EnvironmentsView list() {
        return new EnvironmentsView(
                administration.environments().stream().map(EnvironmentView::of).toList());
    }

    @Get("/environments/{id}")
    EnvironmentView get(String id) {
        return EnvironmentView.of(find(id));
    }

    @Put("/environments/{id}/mode")
    EnvironmentView setMode(String id, @Body NewMode request) {
        find(id);
        EnforcementMode mode = Requests.mode(request.mode());
        administration.setMode(id, mode);
        return EnvironmentView.of(find(id));
    }

    @Get("/stats")
    StatsView stats() {
        Map<String, CountersView> counters = new TreeMap<>();
        for (LiveEnvironment environment : live.all()) {
            counters.put(environment.environment().id(), CountersView.of(environment.counters()));
        }
        return new StatsView(counters);
    }

    private Environment find(String id) {
        return administration
                .environment(id)
                .orElseThrow(() -> new ApiException(
                        HttpStatus.NOT_FOUND, "UNKNOWN_ENVIRONMENT", "there is no environment of this id"));
    }
}
