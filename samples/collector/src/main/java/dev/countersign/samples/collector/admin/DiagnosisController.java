package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.admin.Requests.ProofToCheck;
import dev.countersign.samples.collector.admin.Views.DiagnosisView;
import dev.countersign.server.diagnosis.Diagnosis;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Why a proof fails. The proof is in the body, so that no log and no history holds it. */
@AdminOnly
@Controller("/admin/environments/{environment}/diagnosis")
@ExecuteOn(TaskExecutors.BLOCKING)
final class DiagnosisController {
    private final Administration administration;
    private final Diagnoses diagnoses;

    DiagnosisController(Administration administration, Diagnoses diagnoses) {
        this.administration = administration;
        this.diagnoses = diagnoses;
    }

    @Post
    DiagnosisView diagnose(HttpRequest<?> request, String environment, @Body ProofToCheck body) {
        Diagnosis diagnosis =
                diagnoses.of(Callers.of(request), administration.environment(environment), Requests.question(body));
        return new DiagnosisView(diagnosis.cause().name(), diagnosis.advice());
    }
}
