package dev.countersign.samples.collector.ingest;

import dev.countersign.samples.collector.event.EventSyntax;
import dev.countersign.samples.collector.event.RequestReader;
import dev.countersign.samples.collector.http.ApiException;
import dev.countersign.samples.collector.runtime.LiveEnvironment;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.server.cors.CrossOrigin;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The two ingest routes. They run on the event loop: nothing here blocks, and the answer follows the commit. Pages of
 * every origin may send here, and to these routes alone. */
@CrossOrigin( // The key is public, the proof is in the request, and no cookie counts.
        allowedOriginsRegex = ".+",
        allowedMethods = HttpMethod.POST,
        exposedHeaders = "Retry-After",
        allowCredentials = false,
        maxAge = 3600)
@Controller("/api/v1/events")
@Consumes(MediaType.ALL)
final class IngestController {
    private static final String API_KEY = "X-API-Key";

    private final LiveEnvironments environments;
    private final Ingest ingest;
    private final Admission admission;

    IngestController(LiveEnvironments environments, Ingest ingest, Admission admission) {
        this.environments = environments;
        this.ingest = ingest;
        this.admission = admission;
    }

    @Post
    CompletionStage<HttpResponse<byte[]>> single(HttpRequest<byte[]> request) {
        LiveEnvironment environment = environment(request);
        EventSyntax syntax = environment.environment().profile().syntax();
        return admission.answer(
                request,
                json -> RequestReader.single(json, syntax),
                (entry, eventLoop) -> ingest.submit(environment, List.of(entry), eventLoop)
                        .thenApply(outcomes -> Answers.single(outcomes.get(0))));
    }

    @Post("/batch")
    CompletionStage<HttpResponse<byte[]>> batch(HttpRequest<byte[]> request) {
        LiveEnvironment environment = environment(request);
        EventSyntax syntax = environment.environment().profile().syntax();
        return admission.answer(
                request,
                json -> RequestReader.batch(json, syntax),
                (entries, eventLoop) ->
                        ingest.submit(environment, entries, eventLoop).thenApply(Answers::batch));
    }

    private LiveEnvironment environment(HttpRequest<byte[]> request) {
        String apiKey = request.getHeaders().get(API_KEY);
        LiveEnvironment environment = apiKey == null ? null : environments.byApiKey(apiKey);
        if (environment == null) {
            throw new ApiException(
                    HttpStatus.UNAUTHORIZED, "INVALID_API_KEY", "the header " + API_KEY + " names no environment");
        }
        return environment;
    }
}
