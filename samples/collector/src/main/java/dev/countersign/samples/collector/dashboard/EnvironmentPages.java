package dev.countersign.samples.collector.dashboard;

import dev.countersign.samples.collector.access.Sessions;
import dev.countersign.samples.collector.admin.Administration;
import dev.countersign.samples.collector.admin.Diagnoses;
import dev.countersign.samples.collector.admin.Drafts;
import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.runtime.LiveEnvironment;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.samples.collector.traffic.TrafficReport;
import dev.countersign.server.diagnosis.Diagnosis;
import dev.countersign.server.enforcement.EnforcementMode;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What comes in to one environment, how it is enforced, and why a proof fails. */
@DashboardOnly
@Controller("/dashboard/environments/{id}")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EnvironmentPages {
    private static final int SHOWN_EVENTS = 50;

    private final Administration administration;
    private final LiveEnvironments live;
    private final TrafficReport traffic;
    private final Diagnoses diagnoses;
    private final Pages pages;

    EnvironmentPages(
            Administration administration,
            LiveEnvironments live,
            TrafficReport traffic,
            Diagnoses diagnoses,
            Pages pages) {
        this.administration = administration;
        this.live = live;
        this.traffic = traffic;
        this.diagnoses = diagnoses;
        this.pages = pages;
    }

    @Get
    HttpResponse<?> events(HttpRequest<?> request, String id) {
        Environment environment = administration.environment(id);
        LiveEnvironment here = live.byId(id);
        long end = here == null ? 0 : here.feed().end();
        List<LiveRow> rows = new ArrayList<>();
        if (here != null) {
            here.feed().since(0, SHOWN_EVENTS).forEach(event -> rows.add(LiveRow.of(event.event())));
        }
        Collections.reverse(rows);
        TrafficReport.Day day = traffic.day(id);
        boolean hasKey = administration.ringVersion(environment.userRing()) > 0;
        return pages.page(
                "events",
                Cookies.of(request),
                Map.of(
                        "environment",
                        environment,
                        "tab",
                        "events",
                        "events",
                        rows,
                        "next",
                        end,
                        "day",
                        day,
                        "share",
                        OverviewPages.share(day),
                        "step",
                        NextStep.of(environment, hasKey, day).name()));
    }

    @Get("/timeline")
    @Produces(MediaType.APPLICATION_JSON)
    List<Map<String, Object>> timeline(String id) {
        administration.environment(id);
        return traffic.timeline(id).stream()
                .map(step -> Map.<String, Object>of("start", step.start(), "counts", step.counts()))
                .toList();
    }

    @Get("/enforcement")
    HttpResponse<?> enforcement(HttpRequest<?> request, String id) {
        Environment environment = administration.environment(id);
        return pages.page(
                "enforcement",
                Cookies.of(request),
                Map.of(
                        "environment",
                        environment,
                        "tab",
                        "enforcement",
                        "day",
                        traffic.day(id),
                        "modes",
                        EnforcementMode.values(),
                        "chosen",
                        ""));
    }

    /** A switch to STRICT comes back with what it would have refused, and a second button. */
    @Post("/enforcement")
    HttpResponse<?> setMode(HttpRequest<?> request, String id, @Body Map<String, String> fields) {
        Sessions.Session session = Cookies.of(request);
        Forms form = Forms.of(session, fields);
        Environment environment = administration.environment(id);
        EnforcementMode mode = Drafts.mode(form.text("mode"));
        boolean asks = mode == EnforcementMode.STRICT
                && environment.policy().mode() != EnforcementMode.STRICT
                && form.text("confirm").isEmpty();
        if (asks) {
            Map<String, Object> model = new HashMap<>();
            model.put("environment", environment);
            model.put("tab", "enforcement");
            model.put("day", traffic.day(id));
            model.put("modes", EnforcementMode.values());
            model.put("chosen", mode.name());
            return pages.page("enforcement", session, model);
        }
        administration.setMode(session.caller(), environment, mode, form.text("confirm"));
        return HttpResponse.seeOther(URI.create("/dashboard/environments/" + id + "/enforcement"));
    }

    @Get("/check")
    HttpResponse<?> check(HttpRequest<?> request, String id) {
        return pages.page(
                "check",
                Cookies.of(request),
                Map.of("environment", administration.environment(id), "tab", "check", "cause", "", "advice", ""));
    }

    /** The answer repeats neither the id nor the proof. */
    @Post("/check")
    HttpResponse<?> diagnose(HttpRequest<?> request, String id, @Body Map<String, String> fields) {
        Sessions.Session session = Cookies.of(request);
        Forms form = Forms.of(session, fields);
        Environment environment = administration.environment(id);
        Diagnosis diagnosis = diagnoses.of(
                session.caller(),
                environment,
                new Diagnoses.Question(
                        form.text("id"),
                        form.text("proof"),
                        form.text("signingKeyName").strip(),
                        form.text("of").equals("group"),
                        form.text("email").strip()));
        return pages.page(
                "check",
                session,
                Map.of(
                        "environment",
                        environment,
                        "tab",
                        "check",
                        "cause",
                        diagnosis.cause().name(),
                        "advice",
                        diagnosis.advice()));
    }
}
