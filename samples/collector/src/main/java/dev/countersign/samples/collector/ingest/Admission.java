package dev.countersign.samples.collector.ingest;

import dev.countersign.samples.collector.http.BodiesInFlight;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.netty.NettyHttpRequest;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * Lets a request in while there is room for its decoded body, and holds that room until it is answered: a small body
 * may unpack to a large one, and waits as such. Thread-safe, does not block.
 */
@Singleton
final class Admission {
    private final BodiesInFlight bodies;

    Admission(BodiesInFlight bodies) {
        this.bodies = bodies;
    }

    /** Decodes and reads a request, and answers it; the answer is finished on the connection's event loop. */
    <T> CompletionStage<HttpResponse<byte[]>> answer(
            HttpRequest<byte[]> request,
            RequestBody.Reading<T> reading,
            BiFunction<T, Executor, CompletionStage<HttpResponse<byte[]>>> answering) {
        byte[] json = RequestBody.decode(request);
        int held = json.length;
        bodies.take(held);
        CompletionStage<HttpResponse<byte[]>> answer;
        try {
            answer = answering.apply(RequestBody.read(json, reading), eventLoop(request));
        } catch (RuntimeException | Error e) {
            bodies.release(held);
            throw e;
        }
        return answer.whenComplete((answered, failure) -> bodies.release(held));
    }

    private static Executor eventLoop(HttpRequest<?> request) {
        HttpRequest<?> own = request;
        while (own instanceof HttpRequestWrapper<?> wrapper) {
            own = wrapper.getDelegate();
        }
        return ((NettyHttpRequest<?>) own).getChannelHandlerContext().executor();
    }
}
