package dev.countersign.samples.collector.ingest;

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

/**
 * Identification as NotificationAPI's deployed clients send it: {@code POST /{clientId}/users/{userId}/} with {@code
 * Authorization: Basic base64(clientId:userId:hashedUserId)}. The client id is the environment's API key. The user's
 * traits are the body; the event has no id, so repeats are not told.
 */
@CrossOrigin( // The key is public, the proof is in the request, and no cookie counts.
        allowedOriginsRegex = ".+",
        allowedMethods = HttpMethod.POST,
        exposedHeaders = "Retry-After",
        allowCredentials = false,
        maxAge = 3600)
@Controller
@Consumes(MediaType.ALL)
final class IdentificationController {
    private final LiveEnvironments environments;
    private final Ingest ingest;
    private final Admission admission;

    IdentificationController(LiveEnvironments environments, Ingest ingest, Admission admission) {
        this.environments = environments;
        this.ingest = ingest;
        this.admission = admission;
    }

    /** The two ids of the path are read with the credentials: they are not percent-decoded in the server's way. */
    @Post("/{clientId}/users/{+userId}")
    CompletionStage<HttpResponse<byte[]>> identify(HttpRequest<byte[]> request, String clientId, String userId) {
        BasicIdentity identity = BasicIdentity.of(
                request.getUri().getRawPath(),
                request.getHeaders().getAuthorization().orElse(null));
        LiveEnvironment environment = environments.byApiKey(identity.clientId());
        if (environment == null) {
            throw new ApiException(HttpStatus.UNAUTHORIZED, "INVALID_API_KEY", "the client id names no environment");
        }
        return admission.answer(
                request,
                json -> RequestReader.identify(json, identity.userId(), identity.proof()),
                (entry, eventLoop) -> ingest.submit(environment, List.of(entry), eventLoop)
                        .thenApply(outcomes -> Answers.single(outcomes.get(0))));
    }
}
